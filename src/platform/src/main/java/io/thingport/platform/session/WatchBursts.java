package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.watch.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the devices of one loop do for those who watch: gathered during a turn and then offered at once. Owned by the loop's
 * thread.
 */
final class WatchBursts {

    private final WatchHub hub;
    private final Supplier<MqttLoop> loop;
    private List<UpstreamMessage> messages = new ArrayList<>(); // bounded by what can be reserved

    WatchBursts(WatchHub hub, Supplier<MqttLoop> loop) {
        this.hub = hub;
        this.loop = loop;
    }

    /** Shows a message, or leaves a gap when too many wait already. */
    void add(UpstreamMessage message) {
        if (hub.reserve(message)) {
            messages.add(message);
            if (messages.size() == 1 && !loop.get().post(this::offer)) {
                offer();
            }
        }
    }

    private void offer() {
        List<UpstreamMessage> offered = messages;
        messages = new ArrayList<>();
        hub.offer(offered);
    }
}
