package io.thingport.platform.devicelog;

import java.time.Instant;

/**
 * That one device is looked at more closely, or less, than others for a while.
 *
 * @param level    what goes into the log of it until then
 * @param payloads whether the beginning of each payload goes with its entry, up to {@value LogDraft#PAYLOAD_MAXIMUM} bytes
 * @param until    when it ends by itself
 */
public record Trace(LogLevel level, boolean payloads, Instant until) {

    public boolean isOver(long nowMillis) {
        return nowMillis >= until.toEpochMilli();
    }
}
