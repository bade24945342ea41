package io.thingport.platform.session;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.CallOutcome.Status;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicRules;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.rrpc.CallTopics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends calls to the devices of one loop. Owned by the loop's thread. */
final class Calls {

    private static final System.Logger LOG = System.getLogger(Calls.class.getName());
    private static final int TOPIC_MAXIMUM = 65_000; // with the id in front of it still a topic, whatever settings allow

    private final TopicRules rules;
    private final MessageIds ids;
    private final Outbound outbound;
    private final PacketLimit limit;

    /**
     * One call.
     *
     * @param topic   a topic of the device for the custom form; empty for the system form
     * @param request not copied
     * @param result  completes on the loop
     */
    record Call(DeviceKey device, Optional<TopicName> topic, byte[] request, Duration timeout,
            CompletableFuture<CallOutcome> result) {

        void failed(Status status) {
            result.complete(CallOutcome.failed(status, 0));
        }
    }

    Calls(TopicRules rules, MessageIds ids, Outbound outbound, PacketLimit limit) {
        this.rules = rules;
        this.ids = ids;
        this.outbound = outbound;
        this.limit = limit;
    }

    /** Calls a connected device, or tells at once why not. */
    void start(Connection connection, Call call) {
        Session session = connection.session();
        if (forbidden(call, session.product().topicClasses())) {
            call.failed(Status.FORBIDDEN_TOPIC);
            return;
        }
        if (call.topic().isPresent() && !connection.takesCustomCalls()) {
            call.failed(Status.NO_EXT);
            return;
        }
        long id = ids.next();
        TopicName topic = call.topic().map(t -> CallTopics.custom(t, id))
                .orElseGet(() -> CallTopics.systemRequest(call.device(), id));
        if (!session.subscriptions().match(topic)) {
            call.failed(Status.NOT_SUBSCRIBED);
            return;
        }
        if (limit.isExceededBy(topic, call.request().length)) {
            call.failed(Status.TOO_LARGE);
            return;
        }
        if (!connection.calls().haveRoom()) {
            call.failed(Status.UNAVAILABLE);
            return;
        }
        if (!outbound.takesIn(session, call.request().length)) {
            call.failed(Status.THROTTLED);
            return;
        }
        SendResult sent = connection.channel().send(Message.of(topic, QoS.AT_MOST_ONCE, Payload.of(call.request())));
        switch (sent) {
            case SENT -> await(connection, call, id, topic);
            case NO_ROOM -> call.failed(Status.UNAVAILABLE);
            case TOO_LARGE -> call.failed(Status.TOO_LARGE);
            case CLOSED -> call.failed(Status.OFFLINE);
        }
    }

    /** Whether the topic of a custom call is none that its device may be called on. */
    boolean forbidden(Call call, List<TopicClass> classes) {
        return call.topic().isPresent() && !permitted(call.device(), classes, call.topic().get());
    }

    private boolean permitted(DeviceKey device, List<TopicClass> classes, TopicName topic) {
        return topic.utf8().length <= TOPIC_MAXIMUM
                && rules.receive(device, classes, topic)
                && rules.receive(device, classes, CallTopics.custom(topic, 1));
    }

    private static void await(Connection connection, Call call, long id, TopicName topic) {
        TopicName reply = call.topic().isPresent() ? topic : CallTopics.systemReply(call.device(), id);
        connection.calls().add(id, reply, connection.channel().loop(), call.timeout(), () -> late(connection, id),
                call.result()::complete);
    }

    private static Status late(Connection connection, long id) {
        Status status = connection.isSilent() ? Status.HALF_CONNECTED : Status.TIMEOUT;
        LOG.log(System.Logger.Level.DEBUG, () -> connection.session().device() + " did not reply to call " + id + " in time: " + status
                + ", code 1905");
        return status;
    }
}
