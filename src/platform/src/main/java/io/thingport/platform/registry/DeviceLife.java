package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.DeviceNotices;
import java.time.Instant;
import java.util.Optional;

/**
 * CDI event within the transaction: this will have happened to a device once it commits, and there are consumer groups that
 * want to know. Observe it after success.
 *
 * @param secret of a device that is created
 */
public record DeviceLife(DeviceNotices.About about, DeviceNotices.Action action, Optional<Secret> secret, Instant when) {
}
