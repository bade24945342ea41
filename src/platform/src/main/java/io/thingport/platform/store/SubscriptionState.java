package io.thingport.platform.store;

import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import java.util.List;

/**
 * What is stored of a session's subscriptions.
 *
 * @param own       those that the device made, in the order they were made
 * @param automatic whether it is subscribed to its system topics without having asked for each
 * @param excepted  what it has unsubscribed of these
 */
public record SubscriptionState(List<Subscription> own, boolean automatic, List<TopicFilter> excepted) {

    public static final SubscriptionState NONE = new SubscriptionState(List.of(), false, List.of());

    public SubscriptionState {
        own = List.copyOf(own);
        excepted = List.copyOf(excepted);
    }
}
