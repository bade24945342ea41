package io.thingport.platform.registry;

import java.util.Optional;

/**
 * A change of a topic class; what is absent stays as it is. The fields' rules are those of {@link TopicClass}.
 *
 * @param suffix      as for a new one
 * @param description an empty text takes the description away
 */
public record TopicClassChange(Optional<String> suffix, Optional<Operation> operation, Optional<String> description) {
}
