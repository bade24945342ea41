package io.thingport.platform.store;

import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions as bytes: the version of the form, their number, and of each whether it is No Local and its filter.
 */
final class SubscriptionsCodec {

    private static final int VERSION = 1;

    private SubscriptionsCodec() {
    }

    static byte[] encode(List<Subscription> subscriptions) {
        BytesOut out = new BytesOut(VERSION);
        out.number(subscriptions.size());
        for (Subscription subscription : subscriptions) {
            out.flag(subscription.noLocal());
            out.text(subscription.filter().text());
        }
        return out.bytes();
    }

    /** @throws IllegalArgumentException when it is not what {@link #encode} makes */
    static List<Subscription> decode(byte[] bytes) {
        BytesIn in = new BytesIn(bytes, VERSION);
        int count = in.number();
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean noLocal = in.flag();
            subscriptions.add(new Subscription(new TopicFilter(in.text()), noLocal));
        }
        in.end();
        return subscriptions;
    }
}
