package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.protocol.amqp.exceptions.ActiveMQAMQPException;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPSessionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonServerSenderContext;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.DeliveryState.DeliveryStateType;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;

/**
 * A consumer's receiver link, seen from here. Accepted is done; whatever else becomes of a message, and no answer in time,
 * gives it back to its queue, which sends it again after its redelivery delay. Owned by the connection's loop.
 */
final class ConsumerLink extends ProtonServerSenderContext {

    private static final System.Logger LOGGER = System.getLogger(ConsumerLink.class.getName());

    private final ConsumerConnection consumer;
    private final ConsumerDoor door;
    /** What had no outcome at the last tick, and since which tick; so a message that is answered soon costs nothing here. */
    private final Map<Delivery, Long> waiting = new LinkedHashMap<>(); // bounded by the credit

    ConsumerLink(ConsumerConnection consumer, Sender sender, AMQPSessionContext session, ConsumerDoor door) {
        super(consumer, sender, session, session.getSessionSPI(), new GroupQueueController(consumer, sender,
                session.getSessionSPI()));
        this.consumer = consumer;
        this.door = door;
    }

    @Override
    public void onMessage(Delivery delivery) throws ActiveMQAMQPException {
        if (isClosed() || delivery.isSettled()) { // an answer that comes too late is none
            return;
        }
        DeliveryState state = delivery.getRemoteState();
        DeliveryStateType type = state == null ? DeliveryStateType.Released : state.getType();
        switch (type) {
            case Accepted -> super.onMessage(delivery);
            case Rejected -> giveBack(delivery, ConsumerEvent.REJECTED, true);
            case Released -> {
                if (state != null || delivery.remotelySettled()) {
                    giveBack(delivery, ConsumerEvent.RELEASED, false);
                }
            }
            case Modified -> giveBack(delivery, ConsumerEvent.RELEASED, true);
            default -> LOGGER.log(System.Logger.Level.DEBUG, "{0}: {1} is no outcome", consumer, type);
        }
    }

    /** Gives back what had no outcome in time. */
    void tick() {
        if (isClosed()) {
            waiting.clear();
            return;
        }
        long now = door.nanos().getAsLong();
        for (Delivery d = getSender().head(); d != null; d = d.next()) {
            if (!d.isSettled()) {
                waiting.putIfAbsent(d, now);
            }
        }
        for (Iterator<Map.Entry<Delivery, Long>> all = waiting.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Delivery, Long> entry = all.next();
            boolean settled = entry.getKey().isSettled();
            boolean late = now - entry.getValue() >= door.limits().times().acknowledge().toNanos();
            if (!settled && late) {
                giveBack(entry.getKey(), ConsumerEvent.ACK_TIMEOUT, true);
            }
            if (settled || late) {
                all.remove();
            }
        }
    }

    /** @param counts whether this delivery counts as a failed one */
    private void giveBack(Delivery delivery, ConsumerEvent why, boolean counts) {
        if (delivery.getContext() instanceof MessageReference reference) {
            try {
                sessionSPI.cancel(getBrokerConsumer(), reference.getMessage(), counts);
                door.log().say(why, consumer, "message " + reference.getMessage().getUserID());
            } catch (Exception e) { // the engine declares no other; the queue has been removed or emptied meanwhile
                LOGGER.log(System.Logger.Level.DEBUG, "no longer there to give back", e);
            }
        }
        delivery.settle();
        protonSession.replaceTag(delivery.getTag());
        connection.flush();
    }
}
