package io.thingport.platform.session;

import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.ArrayList;
import java.util.List;

/** The subscriptions of one session, each filter once. Owned by the device's home loop. */
final class Subscriptions {

    private final int maximum;
    private List<Subscription> entries = List.of(); // a real one comes with the first subscription
    private int version;

    Subscriptions(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Adds a subscription or replaces the one with the same filter; false when there are as many as there may be. One that
     * is there already changes nothing.
     */
    boolean add(Subscription subscription) {
        int i = indexOf(subscription.filter());
        if (i < 0 && entries.size() >= maximum) {
            return false;
        }
        if (i >= 0 && entries.get(i).equals(subscription)) {
            return true;
        }
        version++;
        if (i >= 0) {
            entries.set(i, subscription);
            return true;
        }
        if (entries.isEmpty()) {
            entries = new ArrayList<>(1);
        }
        entries.add(subscription);
        return true;
    }

    /** Takes a filter away; false when it was not there. */
    boolean remove(TopicFilter filter) {
        int i = indexOf(filter);
        if (i < 0) {
            return false;
        }
        version++;
        entries.remove(i);
        return true;
    }

    /** Whether one of them matches. */
    boolean match(TopicName topic) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).filter().matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them matches that wants the device's own messages, too [MQTT-3.8.3-3]. */
    boolean matchOwn(TopicName topic) {
        for (int i = 0; i < entries.size(); i++) {
            Subscription subscription = entries.get(i);
            if (!subscription.noLocal() && subscription.filter().matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** All of them, in the order they were made. */
    List<Subscription> all() {
        return List.copyOf(entries);
    }

    /** Changes with every change. */
    int version() {
        return version;
    }

    private int indexOf(TopicFilter filter) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).filter().equals(filter)) {
                return i;
            }
        }
        return -1;
    }
}
