package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.SlidingWindow;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts how often devices connect, each on its own. To be asked about those only who have proven who they are: so nobody
 * uses up another's. Bounded in devices: of too many the one that came longest ago is forgotten and begins anew. Owned by
 * one loop's thread.
 */
final class ConnectRates {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int LOOK_AT = 16;

    private final int perMinute;
    private final int deviceMaximum;
    private final LongSupplier nanoTime;
    private final Map<DeviceKey, SlidingWindow> recent = new LinkedHashMap<>(16, 0.75f, true);

    /** @param perMinute connects of one device; 0 = as many as come */
    ConnectRates(int perMinute, int deviceMaximum, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.deviceMaximum = deviceMaximum;
        this.nanoTime = nanoTime;
    }

    /** Counts a connect; false when it is one too many: then it does not count. */
    boolean take(DeviceKey device) {
        if (perMinute == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        boolean taken = recent.computeIfAbsent(device, d -> new SlidingWindow(perMinute, PERIOD, now)).take(now);
        forgetEldest(now);
        return taken;
    }

    private void forgetEldest(long now) {
        Iterator<SlidingWindow> eldest = recent.values().iterator();
        for (int i = 0; i < LOOK_AT && eldest.hasNext(); i++) {
            if (!eldest.next().isEmpty(now) && recent.size() <= deviceMaximum) {
                return;
            }
            eldest.remove();
        }
    }

    /** Devices that are counted. */
    int size() {
        return recent.size();
    }
}
