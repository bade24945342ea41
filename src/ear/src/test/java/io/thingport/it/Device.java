package io.thingport.it;

/**
 * A registered device with its secret.
 *
 * @param productKey the key of its product
 * @param name       its DeviceName
 * @param secret     its DeviceSecret
 */
public record Device(String productKey, String name, String secret) {

    /** A topic of its own: {@code /{productKey}/{deviceName}/{suffix}}. */
    public String topic(String suffix) {
        return "/" + productKey + "/" + name + "/" + suffix;
    }

    /** A system topic of its own: {@code /sys/{productKey}/{deviceName}/{suffix}}. */
    public String system(String suffix) {
        return "/sys/" + productKey + "/" + name + "/" + suffix;
    }

    /** Its resource in the REST API. */
    public String path() {
        return "/api/v1/products/" + productKey + "/devices/" + name;
    }

    public Login login() {
        return login(SignMethod.HMACSHA256);
    }

    public Login login(SignMethod method) {
        return login(method, "");
    }

    /** @param extensions more parameters of the client id, such as {@code ,ext=1} */
    public Login login(SignMethod method, String extensions) {
        String content = "clientIdit." + name + "deviceName" + name + "productKey" + productKey
                + "timestamp1700000000000";
        return new Login("it." + name + "|securemode=3,signmethod=" + method.word() + ",timestamp=1700000000000"
                + extensions + "|", name + "&" + productKey, method.sign(secret, content), 60);
    }

    /** Signs in as able to be called on topics of its own. */
    public Login loginWithExt() {
        return login(SignMethod.HMACSHA256, ",ext=1");
    }
}
