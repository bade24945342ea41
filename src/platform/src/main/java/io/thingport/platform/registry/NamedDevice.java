package io.thingport.platform.registry;

import java.util.Optional;

/** A device that is to be registered with others, under a name of its own; whether it may be called so shows here. */
public record NamedDevice(String deviceName, Optional<String> nickname) {

    /** Why no device may have this name. */
    public Optional<RegistryException> nameProblem() {
        return problem(() -> RegistryRules.deviceName(deviceName));
    }

    /** Why no device may have this nickname. */
    public Optional<RegistryException> nicknameProblem() {
        return problem(() -> RegistryRules.nickname(nickname));
    }

    private static Optional<RegistryException> problem(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (RegistryException e) {
            return Optional.of(e);
        }
    }
}
