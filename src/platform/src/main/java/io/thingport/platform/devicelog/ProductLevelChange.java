package io.thingport.platform.devicelog;

import java.util.Optional;

/**
 * CDI event within the transaction: this holds for a product once it commits.
 *
 * @param level empty where the server's holds
 */
public record ProductLevelChange(String productKey, Optional<LogLevel> level) {
}
