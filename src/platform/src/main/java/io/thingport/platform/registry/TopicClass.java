package io.thingport.platform.registry;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import java.util.Optional;

/**
 * A class of topics that every device of a product has for itself: <code>/{productKey}/${deviceName}/</code> and the
 * suffix.
 *
 * @param id          unique in the installation, positive
 * @param suffix      the levels after the device name, beginning with {@code user/} but in products of old; with {@code +}
 *                    and a final {@code #} only for {@link Operation#SUB}
 * @param operation   what a device may do
 * @param description up to 100 characters
 */
public record TopicClass(long id, String suffix, Operation operation, Optional<String> description) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(Long.toString(id));
    }


    /** The suffix as callers write it: one that does not begin with {@code user/} with a slash in front. */
    public String writtenSuffix() {
        return suffix.startsWith("user/") ? suffix : "/" + suffix;
    }
}
