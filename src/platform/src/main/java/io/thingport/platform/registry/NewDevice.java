package io.thingport.platform.registry;

import io.thingport.platform.secrets.Secret;
import java.util.Optional;

/**
 * A device to register.
 *
 * @param deviceName made up when absent: 20 letters and digits
 * @param nickname   4 to 64 letters, digits, underscores or CJK characters, which count twice
 * @param secret     the device's own secret when it has one already, 16 to 64 letters and digits; made up when absent:
 *                   32 hexadecimal digits
 */
public record NewDevice(Optional<String> deviceName, Optional<String> nickname, Optional<Secret> secret) {
}
