package io.thingport.mqtt;

import java.util.List;

/**
 * One live connection. Every method is called on the thread of {@link #loop()}; on a channel that has closed the
 * methods that send do nothing.
 */
public interface MqttChannel {

    MqttLoop loop();

    /** What {@link #accept} attached. */
    Object state();

    Peer peer();

    MqttVersion version();

    /** False once the connection is gone or going; {@link MqttHandler#closed} may still be to come. */
    boolean open();

    /** Seconds since the last packet of the client, as keep-alive measures it: rounded down and up to 1 s late. */
    int silence();

    /**
     * Moves a channel that is neither accepted nor refused to another loop and runs {@code then} there. {@code then}
     * runs in any case; look at {@link #open()} in it: a channel that had closed before stays at its loop. With
     * {@code home == loop()} it runs at once.
     */
    void moveTo(MqttLoop home, Runnable then);

    /** Sends CONNACK with success, starts keep-alive and resumes reading. */
    void accept(Object state, ConnackOptions options);

    /** Sends CONNACK with the reason (folded into 3.x return codes where needed) and closes. */
    void refuse(ReasonCode reason, String why);

    /**
     * Settles a QoS 1 publish of the device. In any order in; PUBACKs leave in the order of arrival. A reason that is an
     * error reaches 5.0 devices only, 3.x get a plain PUBACK. A token that is not open, or of QoS 0, is ignored.
     */
    void ack(long token, ReasonCode reason);

    /**
     * Forgets a QoS 1 publish of the device without a PUBACK: to be used in 3.x, which has no word for a refusal. It was
     * not processed; when the device sends it again, it is a new one. A token that is not open is ignored.
     */
    void drop(long token);

    /** Sends a message at QoS 0, whatever its own QoS. Nothing of it is kept after the call. */
    SendResult send(Message message);

    /**
     * Sends a message at QoS 1. With {@link SendResult#SENT} the delivery comes back once, by
     * {@link MqttHandler#acked} or in {@link MqttHandler#closed}; the message itself is not kept.
     */
    SendResult send(Message message, Delivery delivery);

    /** How many QoS 1 messages {@link #send(Message, Delivery)} would take now, at least 0. */
    int room();

    /**
     * Deliveries sent at QoS 1 and not acknowledged, in the order they were sent. After {@link #close} it changes no more:
     * it is what {@link MqttHandler#closed} will tell.
     */
    List<Delivery> unacknowledged();

    /** Closes; 5.0 devices are told the reason by DISCONNECT first. Repeated calls do nothing. */
    void close(ReasonCode reason, String why);
}
