package io.thingport.platform.registry;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import java.time.Instant;

/**
 * A consumer group: business servers that share the messages sent to it.
 *
 * @param id   {@link #DEFAULT_ID}, or 32 letters and digits
 * @param name unique; 4 to 30 letters, digits, underscores or CJK characters, which count twice
 */
public record ConsumerGroup(String id, String name, Instant createdAt) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(id);
    }


    /** The group that is always there. */
    public static final String DEFAULT_ID = "DEFAULT_GROUP";
}
