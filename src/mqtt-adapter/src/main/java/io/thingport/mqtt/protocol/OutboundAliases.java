package io.thingport.mqtt.protocol;

import io.thingport.mqtt.TopicName;
import java.util.HashMap;
import java.util.Map;

/**
 * The topic aliases towards one client [MQTT 5, 3.3.2.3.4], each given once and kept for the connection. A topic gets one
 * when it is sent for the second time within a few: one that carries an id is never sent twice. Owned by the channel's
 * loop.
 */
final class OutboundAliases {

    /** An alias costs three bytes, and the packet that gives it three more: nothing for a topic shorter than this. */
    private static final int TOPIC_MINIMUM = 8;
    private static final int RECENT = 8;

    private final int maximum;
    private final Map<TopicName, Integer> aliases = new HashMap<>();
    private final TopicName[] recent = new TopicName[RECENT]; // sent without an alias
    private int nextRecent;

    /** @param maximum aliases at most, at least 1 */
    OutboundAliases(int maximum) {
        this.maximum = maximum;
    }

    /** The alias that the client knows for a topic; 0 when there is none. */
    int known(TopicName topic) {
        return aliases.getOrDefault(topic, 0);
    }

    /** The alias a topic without one is to be given now; 0 when it is not to be. */
    int due(TopicName topic) {
        if (aliases.size() == maximum) {
            return 0;
        }
        for (TopicName one : recent) {
            if (topic.equals(one)) {
                return aliases.size() + 1;
            }
        }
        return 0;
    }

    /** The client has been sent a topic with the alias that was {@link #due}. */
    void given(TopicName topic) {
        aliases.put(topic, aliases.size() + 1);
    }

    /** The client has been sent a topic without an alias. */
    void sentWithout(TopicName topic) {
        if (aliases.size() < maximum && topic.utf8().length >= TOPIC_MINIMUM) {
            recent[nextRecent] = topic;
            nextRecent = (nextRecent + 1) % RECENT;
        }
    }
}
