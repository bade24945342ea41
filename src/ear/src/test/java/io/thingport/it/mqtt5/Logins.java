package io.thingport.it.mqtt5;

import io.thingport.it.Device;
import io.thingport.it.Login;
import io.thingport.it.SignMethod;

/** Ways to sign in that only 5.0 has. */
final class Logins {

    private Logins() {
    }

    /** Nothing but user name and password: then the signature is HmacMD5 over the device alone. */
    static Login withoutClientId(Device device) {
        return new Login("", userName(device),
                SignMethod.HMACMD5.sign(device.secret(), "deviceName" + device.name() + "productKey" + device.productKey()),
                60);
    }

    /** As version 4 of the vendor's C SDK does it: parameters without a client id of its own in front. */
    static Login cSdk(Device device) {
        String content = "clientIddeviceName" + device.name() + "productKey" + device.productKey()
                + "timestamp2524608000000";
        return new Login("|timestamp=2524608000000,_ss=1,_v=sdk-c-4.1.0,securemode=3,signmethod=hmacsha256,ext=3,|",
                userName(device), SignMethod.HMACSHA256.sign(device.secret(), content), 60);
    }

    private static String userName(Device device) {
        return device.name() + "&" + device.productKey();
    }
}
