package io.thingport.upstream;

import org.apache.activemq.artemis.api.core.SimpleString;

/** The names of consumer groups' queues; each has an address of the same name. */
public final class Queues {

    private static final String PREFIX = "thingport.group.";

    private Queues() {
    }

    /** @param group id of a consumer group */
    public static SimpleString of(String group) {
        return SimpleString.of(PREFIX + group);
    }

    /** Whether this is the name of a consumer group's queue. */
    static boolean isGroup(SimpleString queue) {
        return queue.toString().startsWith(PREFIX);
    }

    /** @param queue for which {@link #isGroup} */
    static String group(SimpleString queue) {
        return queue.toString().substring(PREFIX.length());
    }
}
