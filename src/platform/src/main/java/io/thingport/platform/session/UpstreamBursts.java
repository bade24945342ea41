package io.thingport.platform.session;

import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.SendOutcome;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.upstream.UpstreamMessage;
import io.thingport.platform.upstream.UpstreamQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the devices of one loop have for business servers: gathered during a turn and then offered at once; of a burst that
 * is durable the loop is told once. Owned by the loop's thread.
 */
final class UpstreamBursts {

    private final UpstreamQueue queue;
    private final Supplier<MqttLoop> loop;
    private List<UpstreamMessage> messages = new ArrayList<>(); // bounded by what can be reserved
    private List<Settlement> settlements = new ArrayList<>(); // of those messages for which somebody waits
    private long weight;

    UpstreamBursts(UpstreamQueue queue, Supplier<MqttLoop> loop) {
        this.queue = queue;
        this.loop = loop;
    }

    /**
     * Takes a message on whose acknowledgement nobody waits.
     *
     * @return false when too many wait already: it is lost
     */
    boolean add(UpstreamMessage message) {
        if (!queue.reserve(message.weight(), false)) {
            return false;
        }
        gather(message);
        return true;
    }

    /**
     * Takes a message whose sender waits.
     *
     * @param settlement is told STORED when the message is durable
     * @return false when too many wait already: it is not told then
     */
    boolean add(UpstreamMessage message, Settlement settlement) {
        if (!queue.reserve(message.weight(), true)) {
            return false;
        }
        settlements.add(settlement);
        gather(message);
        return true;
    }

    private void gather(UpstreamMessage message) {
        messages.add(message);
        weight += message.weight();
        if (messages.size() == 1 && !loop.get().post(this::offer) || messages.size() == Handover.BATCH_MAXIMUM) {
            offer();
        }
    }

    private void offer() {
        if (messages.isEmpty()) {
            return;
        }
        List<Settlement> told = settlements;
        MqttLoop home = loop.get();
        queue.offer(messages, weight, told.isEmpty()
                ? () -> { }
                : () -> LoopPost.post(home, () -> told.forEach(settlement -> settlement.settle(SendOutcome.STORED))));
        messages = new ArrayList<>();
        settlements = new ArrayList<>();
        weight = 0;
    }
}
