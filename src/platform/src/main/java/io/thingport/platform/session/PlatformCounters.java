package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.ReasonCode;
import java.util.Map;

/**
 * Counters since the start, but for {@code sessions}, which is the present number. They are complete: what never happened
 * is there with 0, but for {@code refusedConnects}, which names what happened.
 *
 * @param sessions        connected devices
 * @param drops           messages dropped
 * @param calls           RRPC calls by outcome
 * @param refusedConnects CONNECTs refused by the platform
 * @param heldBack        of these, refusals that were held back
 * @param unanswered      of these, refusals that were not given: the connection was closed
 * @param promises        QoS 1 messages for stored sessions
 * @param unlogged        entries left out of the device log, as there were too many of one kind in a second
 */
public record PlatformCounters(long sessions, Map<DropReason, Long> drops, Map<CallOutcome.Status, Long> calls,
        Map<ReasonCode, Long> refusedConnects, long heldBack, long unanswered, Map<Promise, Long> promises, long unlogged) {

    public PlatformCounters {
        drops = Map.copyOf(drops);
        calls = Map.copyOf(calls);
        refusedConnects = Map.copyOf(refusedConnects);
        promises = Map.copyOf(promises);
    }
}
