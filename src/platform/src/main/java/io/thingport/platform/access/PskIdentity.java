package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a device calls itself in TLS with a pre-shared key, and the key that belongs to it, as the vendor's C SDK 4 makes
 * them: {@code devicename|hmacsha256|{productKey}&{deviceName}|{timestamp}}.
 *
 * @param device    who it is
 * @param method    what the key is made with
 * @param timestamp part of what is signed; its time means nothing
 */
record PskIdentity(DeviceKey device, SignMethod method, String timestamp) {

    private static final String TYPE = "devicename";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Reads an identity; empty when it is none. */
    static Optional<PskIdentity> parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 4 || !parts[0].equalsIgnoreCase(TYPE)) {
            return Optional.empty();
        }
        int and = parts[2].indexOf('&');
        if (and < 0) {
            return Optional.empty();
        }
        String productKey = parts[2].substring(0, and);
        String deviceName = parts[2].substring(and + 1);
        if (!DeviceKey.isProductKey(productKey) || !DeviceKey.isDeviceName(deviceName)) {
            return Optional.empty();
        }
        return SignMethod.of(parts[1])
                .map(method -> new PskIdentity(new DeviceKey(productKey, deviceName), method, parts[3]));
    }

    /** The key: the MAC's text in upper-case hexadecimal, not its bytes. */
    byte[] key(Secret secret) {
        String content = "id" + device.productKey() + "&" + device.deviceName() + "timestamp" + timestamp;
        byte[] mac = method.mac(secret.utf8(), content.getBytes(StandardCharsets.UTF_8));
        return HEX.formatHex(mac).getBytes(StandardCharsets.US_ASCII);
    }
}
