package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.util.Optional;

/**
 * A product, topic class or device as it stands in a file of a whole fleet. The fields' rules are those of the registry, which
 * checks them. What is absent is made up for something new and stays as it is for something that is there.
 */
public sealed interface FleetLine {

    String productKey();

    /**
     * A product.
     *
     * @param name           needed for a new one
     * @param defaultClasses whether a new one has the three default topic classes, or none
     * @param registration   off for a new one when absent
     * @param authentication with secrets for a new one when absent
     */
    record ProductLine(String productKey, Optional<Secret> secret, Optional<String> name, Optional<String> description,
            boolean defaultClasses, Optional<DynamicRegistration> registration,
            Optional<Authentication> authentication) implements FleetLine {
    }

    /** A topic class of a product, told by its suffix, as it may be written. */
    record TopicClassLine(String productKey, String suffix, Operation operation, Optional<String> description)
            implements FleetLine {
    }

    /**
     * A device.
     *
     * @param enabled a new one is enabled when absent
     */
    record DeviceLine(String productKey, String deviceName, Optional<Secret> secret, Optional<String> nickname,
            Optional<Boolean> enabled) implements FleetLine {
    }
}
