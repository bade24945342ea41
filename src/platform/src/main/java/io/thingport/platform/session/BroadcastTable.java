package io.thingport.platform.session;

import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connected devices of one loop by product, and those of them that have subscribed to broadcasts by filter: nobody walks
 * all sessions to find a few. Owned by the loop's thread; bounded by its connections and their subscriptions.
 */
final class BroadcastTable {

    private static final String BROADCAST = "/broadcast/";

    private final BroadcastSubscribers subscribers;
    private final Map<String, ProductTable> products = new HashMap<>();

    private static final class ProductTable {
        private final Set<Session> devices = new HashSet<>();
        private final BroadcastFilters filters = new BroadcastFilters();
    }

    BroadcastTable(BroadcastSubscribers subscribers) {
        this.subscribers = subscribers;
    }

    /** A session has a connection. A broadcast that it has subscribed to before, and that is full now, it does not get. */
    void connected(Session session) {
        table(session).devices.add(session);
        session.subscriptions().forEachFilter(filter -> enter(session, filter));
    }

    /** A session has none any more. */
    void disconnected(Session session) {
        session.subscriptions().forEachFilter(filter -> leave(session, filter));
        ProductTable table = table(session);
        table.devices.remove(session);
        if (table.devices.isEmpty()) {
            products.remove(session.device().productKey());
        }
    }

    private ProductTable table(Session session) {
        return products.computeIfAbsent(session.device().productKey(), key -> new ProductTable());
    }

    /**
     * Subscribes a connected session to broadcasts, if the filter is for them: it is one that the device may have.
     *
     * @return false when there is no place; when it is there already there is
     */
    boolean enter(Session session, TopicFilter filter) {
        if (!isBroadcast(filter)) {
            return true;
        }
        BroadcastFilters filters = table(session).filters;
        if (filters.holds(filter, session)) {
            return true;
        }
        if (!subscribers.enter(filter.text())) {
            return false;
        }
        filters.add(filter, session);
        return true;
    }

    /** Ends that, if it was so. */
    void leave(Session session, TopicFilter filter) {
        if (isBroadcast(filter) && table(session).filters.remove(filter, session)) {
            subscribers.leave(filter.text());
        }
    }

    private static boolean isBroadcast(TopicFilter filter) {
        return filter.text().startsWith(BROADCAST);
    }

    /** The connected devices of a product. */
    List<Session> devices(String productKey) {
        ProductTable table = products.get(productKey);
        return table == null ? List.of() : new ArrayList<>(table.devices);
    }

    /** Those that have subscribed to a topic, each once. */
    List<Session> subscribers(String productKey, TopicName topic) {
        ProductTable table = products.get(productKey);
        return table == null ? List.of() : new ArrayList<>(table.filters.subscribers(topic));
    }
}
