package io.thingport.platform.access;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.Fingerprint;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A CONNECT that is in order and names a device; that it is this device has still to be proven.
 *
 * @param device   the device it names
 * @param id       its client identifier
 * @param password what is to prove it; not copied; empty when a certificate is to
 * @param certificate what the device has shown in the TLS handshake, if that is valid at this time
 * @param connect  the packet; of too many User Properties only so many that this shows
 */
public record Claim(DeviceKey device, ClientIdentifier id, byte[] password, Optional<Fingerprint> certificate,
        Connect connect)
        implements Applicant {

    @Override
    public boolean isKnownTo(DeviceDirectory directory) {
        return directory.knows(device);
    }

    @Override
    public void find(DeviceDirectory directory, Consumer<DirectoryAnswer> then) {
        directory.find(device, then);
    }

    @Override
    public Optional<Claim> claim(DirectoryAnswer answer) {
        return Optional.of(this);
    }

    @Override
    public String name() {
        return device.toString();
    }


    /** Whether the certificate alone is to prove it. */
    boolean byCertificate() {
        return certificate.isPresent() && password.length == 0;
    }

    /** Whether the device knows what it is called; if not, its certificate has told. */
    public boolean named() {
        return named(connect);
    }

    static boolean named(Connect connect) {
        String userName = connect.userName().orElse("");
        return !userName.isEmpty() && !userName.equals("&");
    }

    /** Names no credential. */
    @Override
    public String toString() {
        return "Claim[" + device + "]";
    }
}
