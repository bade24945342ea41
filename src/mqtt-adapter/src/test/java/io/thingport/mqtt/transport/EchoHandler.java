package io.thingport.mqtt.transport;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.SendResult;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The smallest application: everybody may connect, and gets back what he publishes to topics he subscribed to. */
public class EchoHandler implements MqttHandler {

    private record EchoRoute(Client client, int changes, boolean subscribed) implements Route {
        @Override
        public boolean current() {
            return changes == client.changes;
        }

        @Override
        public boolean cacheable() {
            return true;
        }
    }

    /** What outlives a call for one connection. */
    public static final class Client {
        final String clientId;
        final List<TopicFilter> filters = new ArrayList<>();
        final Deque<Message> waiting = new ArrayDeque<>();
        int changes; // of the filters

        Client(String clientId) {
            this.clientId = clientId;
        }
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        channel.accept(new Client(connect.clientId()),
                new ConnackOptions(false, connect.keepAlive(), OptionalLong.empty(), Optional.empty()));
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        Client client = (Client) channel.state();
        boolean subscribed = client.filters.stream().anyMatch(f -> f.matches(topic));
        return new EchoRoute(client, client.changes, subscribed);
    }

    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        if (publish.qos() == QoS.AT_LEAST_ONCE) {
            channel.ack(token, ReasonCode.SUCCESS);
        }
        if (!((EchoRoute) route).subscribed()) {
            return;
        }
        if (publish.qos() == QoS.AT_MOST_ONCE) {
            channel.send(publish);
            return;
        }
        Client client = (Client) channel.state();
        if (!client.waiting.isEmpty() || channel.send(publish, new Delivery()) == SendResult.NO_ROOM) {
            client.waiting.add(publish.keep());
        }
    }

    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        Client client = (Client) channel.state();
        client.changes++;
        subscriptions.forEach(s -> client.filters.add(s.filter()));
        suback.send(subscriptions.stream()
                .map(s -> s.filter().problem().isPresent() ? ReasonCode.TOPIC_FILTER_INVALID : ReasonCode.GRANTED_QOS_1)
                .toList());
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        Client client = (Client) channel.state();
        client.changes++;
        unsuback.send(filters.stream()
                .map(f -> client.filters.remove(f) ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED)
                .toList());
    }

    @Override
    public void writable(MqttChannel channel) {
        Client client = (Client) channel.state();
        while (!client.waiting.isEmpty()
                && channel.send(client.waiting.peek(), new Delivery()) != SendResult.NO_ROOM) {
            client.waiting.remove();
        }
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
    }
}
