package io.thingport.platform.access;

import io.thingport.mqtt.Connect;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.Fingerprint;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A CONNECT that is in order and names no device: it is the one for which the certificate of its connection stands, if
 * there is one.
 *
 * @param certificate valid at this time
 */
public record Bearer(Fingerprint certificate, ClientIdentifier id, Connect connect) implements Applicant {

    private static final byte[] NO_PASSWORD = {};

    @Override
    public boolean isKnownTo(DeviceDirectory directory) {
        return directory.knows(certificate);
    }

    @Override
    public void find(DeviceDirectory directory, Consumer<DirectoryAnswer> then) {
        directory.find(certificate, then);
    }

    @Override
    public Optional<Claim> claim(DirectoryAnswer answer) {
        return answer instanceof DirectoryAnswer.Found found
                ? Optional.of(new Claim(found.credentials().key(), id, NO_PASSWORD, Optional.of(certificate), connect))
                : Optional.empty();
    }

    @Override
    public String name() {
        return "the bearer of a certificate";
    }
}
