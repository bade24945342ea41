package io.thingport.platform.session;

import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The filters for broadcasts to one product, as a tree of their levels, each with the sessions that have subscribed to it. To
 * find a topic's subscribers takes two steps for each level, to the level and to {@code +}, from each place reached: how many
 * filters others have invented does not matter. Owned by one loop's thread; bounded by the subscriptions of its sessions.
 */
final class BroadcastFilters {

    private static final int FIRST_LEVEL = 2; // behind /broadcast/

    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>(2);
        private final Set<Session> sessions = new HashSet<>(2);

        boolean isEmpty() {
            return next.isEmpty() && sessions.isEmpty();
        }
    }

    /** Whether a session has subscribed to exactly this filter. */
    boolean holds(TopicFilter filter, Session session) {
        Node node = root;
        String[] levels = levels(filter.text());
        for (int i = FIRST_LEVEL; i < levels.length && node != null; i++) {
            node = node.next.get(levels[i]);
        }
        return node != null && node.sessions.contains(session);
    }

    void add(TopicFilter filter, Session session) {
        Node node = root;
        String[] levels = levels(filter.text());
        for (int i = FIRST_LEVEL; i < levels.length; i++) {
            node = node.next.computeIfAbsent(levels[i], level -> new Node());
        }
        node.sessions.add(session);
    }

    /** False when the session had not subscribed to it. */
    boolean remove(TopicFilter filter, Session session) {
        return remove(root, levels(filter.text()), FIRST_LEVEL, session);
    }

    private static boolean remove(Node node, String[] levels, int i, Session session) {
        if (i == levels.length) {
            return node.sessions.remove(session);
        }
        Node next = node.next.get(levels[i]);
        if (next == null || !remove(next, levels, i + 1, session)) {
            return false;
        }
        if (next.isEmpty()) {
            node.next.remove(levels[i]);
        }
        return true;
    }

    /** Those who have subscribed to a topic, each once. */
    Set<Session> subscribers(TopicName topic) {
        Set<Session> found = new LinkedHashSet<>();
        find(root, levels(topic.toString()), FIRST_LEVEL, found);
        return found;
    }

    private static void find(Node node, String[] levels, int i, Set<Session> found) {
        Node all = node.next.get("#");
        if (all != null) {
            found.addAll(all.sessions);
        }
        if (i == levels.length) {
            found.addAll(node.sessions);
            return;
        }
        Node same = node.next.get(levels[i]);
        if (same != null) {
            find(same, levels, i + 1, found);
        }
        Node any = node.next.get("+");
        if (any != null) {
            find(any, levels, i + 1, found);
        }
    }

    private static String[] levels(String text) {
        return text.split("/", -1);
    }
}
