package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.DownTopics;
import io.thingport.platform.store.SubscriptionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The subscriptions of one session: the device's own, each filter once; and, if it has asked for that, those to its system
 * topics, which do not count and end for what it unsubscribes. Owned by the device's home loop.
 */
final class Subscriptions {

    /** How many filters may be unsubscribed of the system topics. */
    static final int EXCEPTED_MAXIMUM = 100;

    private final DeviceKey device;
    private final int maximum;
    private List<Subscription> entries = List.of(); // a real one comes with the first subscription
    private boolean automatic;
    private List<TopicFilter> excepted = List.of(); // of the automatic ones
    private int version;

    Subscriptions(DeviceKey device, int maximum) {
        this.device = device;
        this.maximum = maximum;
    }

    /** Takes over what was stored. */
    void restore(SubscriptionState stored) {
        entries = stored.own().isEmpty() ? List.of() : new ArrayList<>(stored.own());
        automatic = stored.automatic();
        excepted = stored.excepted();
        version++;
    }

    /** What is to be stored. */
    SubscriptionState state() {
        return new SubscriptionState(entries, automatic, excepted);
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
        restoreAutomatic(subscription.filter());
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

    private void restoreAutomatic(TopicFilter filter) {
        List<TopicFilter> left = withoutCovered(filter);
        if (left.size() < excepted.size()) {
            excepted = left;
            version++;
        }
    }

    /** Subscribes to the device's system topics, also to those that it unsubscribed before. */
    void addAutomatic() {
        if (!automatic || !excepted.isEmpty()) {
            automatic = true;
            excepted = List.of();
            version++;
        }
    }

    /**
     * Takes a filter away.
     *
     * @return SUCCESS, NO_SUBSCRIPTION_EXISTED, or IMPLEMENTATION_SPECIFIC_ERROR when too many were taken out of the
     *         automatic ones before
     */
    ReasonCode remove(TopicFilter filter) {
        boolean isAutomatic = automatic && DownTopics.isAutomatic(device, filter) && !isExcepted(filter);
        if (isAutomatic && !except(filter)) {
            return ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
        }
        int i = indexOf(filter);
        if (i >= 0) {
            entries.remove(i);
        }
        if (i < 0 && !isAutomatic) {
            return ReasonCode.NO_SUBSCRIPTION_EXISTED;
        }
        version++;
        return ReasonCode.SUCCESS;
    }

    private boolean except(TopicFilter filter) {
        List<TopicFilter> now = new ArrayList<>(withoutCovered(filter));
        if (now.size() >= EXCEPTED_MAXIMUM) {
            return false;
        }
        now.add(filter);
        excepted = List.copyOf(now);
        return true;
    }

    private List<TopicFilter> withoutCovered(TopicFilter filter) {
        return excepted.isEmpty() ? excepted : excepted.stream().filter(other -> !filter.covers(other)).toList();
    }

    private boolean isExcepted(TopicFilter filter) {
        return excepted.stream().anyMatch(other -> other.covers(filter));
    }

    /** Whether a message on this topic is for the device. */
    boolean match(TopicName topic) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).filter().matches(topic)) {
                return true;
            }
        }
        return automatic && DownTopics.isAutomatic(device, topic) && excepted.stream().noneMatch(f -> f.matches(topic))
                || DownTopics.isAlways(device, topic);
    }

    /** Whether one of the device's own matches that wants the device's own messages, too [MQTT-3.8.3-3]. */
    boolean matchOwn(TopicName topic) {
        for (int i = 0; i < entries.size(); i++) {
            Subscription subscription = entries.get(i);
            if (!subscription.noLocal() && subscription.filter().matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Tells of each of the device's own. */
    void forEachFilter(Consumer<TopicFilter> told) {
        for (int i = 0; i < entries.size(); i++) {
            told.accept(entries.get(i).filter());
        }
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
