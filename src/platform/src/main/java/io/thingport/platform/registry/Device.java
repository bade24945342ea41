package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * A device as the database knows it. The times and the address of its connections are written behind and may lag by a
 * second; who is connected now is the sessions' knowledge.
 *
 * @param iotId       opaque id of the device, unique in the installation, 30 letters and digits
 * @param enabled     whether it may connect
 * @param activatedAt when it connected for the first time
 * @param lastAddress where its last connection came from
 */
public record Device(DeviceKey key, String iotId, Optional<String> nickname, boolean enabled, Instant createdAt,
        Optional<Instant> activatedAt, Optional<Instant> lastOnline, Optional<Instant> lastOffline,
        Optional<String> lastAddress) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.device(key);
    }
}
