package io.thingport.platform.rrpc;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The calls that wait for a reply over one connection. Each of them ends exactly once: by its reply, by its time-out or
 * with the connection. Owned by the device's home loop.
 */
public final class WaitingCalls {

    /** How many calls may wait for one device. */
    public static final int MAXIMUM = 100;

    private Map<Long, Call> calls = Map.of(); // most devices are never called: a real one comes with the first call

    private record Call(TopicName reply, MqttLoop.Timer timer, Consumer<CallOutcome> caller) {
    }

    /** Whether one more may wait. */
    public boolean haveRoom() {
        return calls.size() < MAXIMUM;
    }

    /**
     * Lets a call wait that has been sent.
     *
     * @param reply  the topic of its reply
     * @param late   what its outcome is when there is no reply in time
     * @param caller is told the outcome, on the loop
     */
    public void add(long id, TopicName reply, MqttLoop loop, Duration timeout, Supplier<CallOutcome.Status> late,
            Consumer<CallOutcome> caller) {
        MqttLoop.Timer timer = loop.schedule(timeout.toMillis(), TimeUnit.MILLISECONDS, () -> {
            calls.remove(id);
            caller.accept(CallOutcome.failed(late.get(), id));
        });
        if (calls.isEmpty()) {
            calls = new HashMap<>();
        }
        calls.put(id, new Call(reply, timer, caller));
    }

    /**
     * Takes a reply.
     *
     * @return false when no call with this id waits for a reply on this topic; nothing is changed then
     */
    public boolean reply(long id, TopicName topic, Payload payload) {
        Call call = calls.get(id);
        if (call == null || !call.reply().equals(topic)) {
            return false;
        }
        calls.remove(id);
        call.timer().cancel();
        call.caller().accept(CallOutcome.success(id, payload.toByteArray()));
        return true;
    }

    /** The connection has ended: so do all calls, as {@link CallOutcome.Status#OFFLINE}. */
    public void connectionLost() {
        List<Map.Entry<Long, Call>> ended = new ArrayList<>(calls.entrySet());
        calls = Map.of();
        for (Map.Entry<Long, Call> entry : ended) {
            entry.getValue().timer().cancel();
            entry.getValue().caller().accept(CallOutcome.failed(CallOutcome.Status.OFFLINE, entry.getKey()));
        }
    }
}
