package io.thingport.mqtt;

/**
 * The identity of a device. Valid once it exists.
 *
 * @param productKey letters and digits, 1 to 32
 * @param deviceName 4 to 32 of letters, digits and {@code - _ @ . :}
 */
public record DeviceKey(String productKey, String deviceName) {

    /** The longest product key. */
    public static final int PRODUCT_KEY_MAXIMUM = 32;
    /** The bounds of a device name. */
    public static final int DEVICE_NAME_MINIMUM = 4;
    public static final int DEVICE_NAME_MAXIMUM = 32;

    /** @throws IllegalArgumentException when a part breaks its grammar */
    public DeviceKey {
        if (!isProductKey(productKey)) {
            throw new IllegalArgumentException("not a product key");
        }
        if (!isDeviceName(deviceName)) {
            throw new IllegalArgumentException("not a device name");
        }
    }

    public static boolean isProductKey(String s) {
        return matches(s, 1, PRODUCT_KEY_MAXIMUM, "");
    }

    public static boolean isDeviceName(String s) {
        return matches(s, DEVICE_NAME_MINIMUM, DEVICE_NAME_MAXIMUM, "-_@.:");
    }

    private static boolean matches(String s, int least, int most, String also) {
        if (s.length() < least || s.length() > most) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && also.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return productKey + "/" + deviceName;
    }
}
