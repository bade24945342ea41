package io.thingport.platform.access;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The password of a device: the MAC, in hexadecimal of either case, of what it submitted, with the text of its secret as
 * the key.
 */
final class DeviceSignature {

    private static final byte[] NONE = new byte[0];

    private DeviceSignature() {
    }

    /**
     * Whether a password proves a secret. An empty base may have been signed as an empty {@code clientId} or left out.
     * The time it takes does not depend on whether and where the MACs differ.
     */
    static boolean proves(ClientIdentifier id, DeviceKey device, byte[] password, Secret secret) {
        byte[] presented = fromHex(password);
        byte[] key = secret.utf8();
        boolean proven = matches(id.signMethod(), content(Optional.of(id.base()), device, id.timestamp()), key, presented);
        if (id.base().isEmpty()) {
            proven |= matches(id.signMethod(), content(Optional.empty(), device, id.timestamp()), key, presented);
        }
        return proven;
    }

    /** Whether a registration was signed with its product's secret. Neither {@code clientId} nor {@code timestamp} is signed. */
    static boolean proves(RegistrationRequest request, Secret productSecret) {
        return matches(request.signMethod(), content(Optional.empty(), request.device(), Optional.empty()) + "random"
                + request.random(), productSecret.utf8(), fromHex(request.signature()));
    }

    /** What is signed: names and values in the order of the names, nothing between them; absent ones are left out. */
    static String content(Optional<String> clientId, DeviceKey device, Optional<String> timestamp) {
        return clientId.map(base -> "clientId" + base).orElse("")
                + "deviceName" + device.deviceName() + "productKey" + device.productKey()
                + timestamp.map(text -> "timestamp" + text).orElse("");
    }

    private static boolean matches(SignMethod method, String content, byte[] key, byte[] presented) {
        byte[] expected = method.mac(key, content.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(expected, presented);
    }

    private static byte[] fromHex(byte[] text) {
        try {
            return HexFormat.of().parseHex(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }
}
