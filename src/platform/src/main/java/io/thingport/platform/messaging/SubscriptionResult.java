package io.thingport.platform.messaging;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of subscribing or unsubscribing for a device, or what it has subscribed to.
 *
 * @param entries of {@link Outcome#DONE}: each filter, in the order in which they were asked for or subscribed
 */
public record SubscriptionResult(Outcome outcome, List<Entry> entries) {

    /** What became of it as a whole. */
    public enum Outcome {
        DONE,
        /** The device is not connected. */
        OFFLINE,
        UNKNOWN_DEVICE,
        /** The server or its database is too busy or away; nothing has changed. */
        UNAVAILABLE
    }

    /**
     * One filter.
     *
     * @param reason what a device that asked for it itself would be answered
     */
    public record Entry(TopicFilter filter, ReasonCode reason) {
    }

    public SubscriptionResult {
        entries = List.copyOf(entries);
    }

    /** Each filter with its reason code. */
    public static SubscriptionResult done(List<TopicFilter> filters, List<ReasonCode> reasons) {
        List<Entry> entries = new ArrayList<>(filters.size());
        for (int i = 0; i < filters.size(); i++) {
            entries.add(new Entry(filters.get(i), reasons.get(i)));
        }
        return new SubscriptionResult(Outcome.DONE, entries);
    }

    /** Nothing was done. */
    public static SubscriptionResult failed(Outcome outcome) {
        return new SubscriptionResult(outcome, List.of());
    }
}
