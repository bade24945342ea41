package io.thingport.platform.apply;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import java.time.Instant;

/**
 * An apply for devices.
 *
 * @param id      unique in the installation, positive
 * @param devices how many are applied for, 1 to {@link DeviceApplies#DEVICES_MAXIMUM}
 */
public record DeviceApply(long id, String productKey, ApplyState state, int devices, Instant createdAt) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(Long.toString(id));
    }
}
