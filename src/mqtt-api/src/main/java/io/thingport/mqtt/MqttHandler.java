package io.thingport.mqtt;

import java.util.List;

/**
 * The platform's side of a loop: one instance for each {@link MqttLoop}, called on that loop's thread only and only
 * within {@link MqttTurn#drain}. No method blocks. Views ({@link Publish}, its payload) are valid during the call.
 */
public interface MqttHandler {

    /**
     * A CONNECT has arrived and was well-formed. Reading rests until {@link MqttChannel#accept} or
     * {@link MqttChannel#refuse}, which may come later and, after {@link MqttChannel#moveTo}, on another loop.
     */
    void connect(MqttChannel channel, Connect connect);

    /**
     * What a topic name means for a channel. Asked once for a topic; the adapter keeps the answer with the topic while
     * {@link Route#current()} holds and the route is {@link Route#cacheable()}.
     */
    Route route(MqttChannel channel, TopicName topic);

    /**
     * A PUBLISH has arrived. At QoS 1 exactly one {@link MqttChannel#ack} or {@link MqttChannel#drop} with this token
     * follows, now or later; at QoS 0 the token means nothing.
     */
    void publish(MqttChannel channel, Route route, Publish publish, long token);

    /** A delivery sent at QoS 1 was acknowledged. */
    void acked(MqttChannel channel, Delivery delivery, ReasonCode reason);

    /** A SUBSCRIBE has arrived; it has at least one entry. */
    void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback);

    /** An UNSUBSCRIBE has arrived; it has at least one entry. */
    void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback);

    /** After a refused {@link MqttChannel#send send} there is room again: in the window or in the socket. */
    void writable(MqttChannel channel);

    /**
     * The last call for a channel that was handed to {@link #connect}, accepted or not.
     *
     * @param unacked deliveries sent at QoS 1 and not acknowledged, in the order they were sent
     */
    void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked);
}
