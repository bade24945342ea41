package io.thingport.platform.store;

import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions as bytes: the version of the form, the number of the device's own, and of each whether it is No Local and
 * its filter. The second form is for devices that are subscribed to their system topics: there follow the number of those
 * excepted and the filter of each.
 */
final class SubscriptionsCodec {

    private static final int OWN = 1;
    private static final int AUTOMATIC = 2;

    private SubscriptionsCodec() {
    }

    static byte[] encode(SubscriptionState subscriptions) {
        BytesOut out = new BytesOut(subscriptions.automatic() ? AUTOMATIC : OWN);
        out.number(subscriptions.own().size());
        for (Subscription subscription : subscriptions.own()) {
            out.flag(subscription.noLocal());
            out.text(subscription.filter().text());
        }
        if (subscriptions.automatic()) {
            out.number(subscriptions.excepted().size());
            subscriptions.excepted().forEach(filter -> out.text(filter.text()));
        }
        return out.bytes();
    }

    /** @throws IllegalArgumentException when it is not what {@link #encode} makes */
    static SubscriptionState decode(byte[] bytes) {
        boolean automatic = bytes.length > 0 && bytes[0] == AUTOMATIC;
        BytesIn in = new BytesIn(bytes, automatic ? AUTOMATIC : OWN);
        List<Subscription> own = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            boolean noLocal = in.flag();
            own.add(new Subscription(new TopicFilter(in.text()), noLocal));
        }
        List<TopicFilter> excepted = new ArrayList<>();
        if (automatic) {
            for (int left = in.number(); left > 0; left--) {
                excepted.add(new TopicFilter(in.text()));
            }
        }
        in.end();
        return new SubscriptionState(own, automatic, excepted);
    }
}
