package io.thingport.mqtt;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of TLS handshakes since the start.
 *
 * @param handshakes those that succeeded
 * @param resumed    those of them that went on with an earlier session
 * @param failures   the others, by reason; each reason has its number
 */
public record TlsCounters(long handshakes, long resumed, Map<TlsFailure, Long> failures) {

    public static final TlsCounters ZERO = new TlsCounters(0, 0, Map.of());

    public TlsCounters {
        Map<TlsFailure, Long> all = new EnumMap<>(TlsFailure.class);
        for (TlsFailure failure : TlsFailure.values()) {
            all.put(failure, failures.getOrDefault(failure, 0L));
        }
        failures = Map.copyOf(all);
    }

    /** Those that failed, whatever the reason. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public TlsCounters plus(TlsCounters o) {
        Map<TlsFailure, Long> sum = new EnumMap<>(failures);
        o.failures.forEach((failure, count) -> sum.merge(failure, count, Long::sum));
        return new TlsCounters(handshakes + o.handshakes, resumed + o.resumed, sum);
    }
}
