package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.Delivery;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttHandler;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Reply;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.dashboard.DashboardChannels;
import java.util.List;

/** All channels of one loop: tells devices from dashboards and from those that only register. Owned by the loop's thread. */
final class LoopChannels implements MqttHandler {

    private final LoopSessions devices;
    private final DashboardChannels dashboards;
    private final RegisteredChannels registered;

    LoopChannels(LoopSessions devices, DashboardChannels dashboards) {
        this.devices = devices;
        this.dashboards = dashboards;
        this.registered = new RegisteredChannels(devices.counters());
    }

    private MqttHandler of(MqttChannel channel) {
        if (DashboardChannels.isDashboard(channel)) {
            return dashboards;
        }
        return RegisteredChannels.isRegistered(channel) ? registered : devices;
    }

    @Override
    public void connect(MqttChannel channel, Connect connect) {
        (DashboardChannels.isDashboard(connect) ? dashboards : devices).connect(channel, connect);
    }

    @Override
    public Route route(MqttChannel channel, TopicName topic) {
        return of(channel).route(channel, topic);
    }

    /** The route tells whose it is, so that the way of a device's message looks at nothing more than it has to. */
    @Override
    public void publish(MqttChannel channel, Route route, Publish publish, long token) {
        if (route instanceof PublishRoute) {
            devices.publish(channel, route, publish, token);
        } else {
            of(channel).publish(channel, route, publish, token);
        }
    }

    /** Nothing is sent to dashboards at QoS 1. */
    @Override
    public void acked(MqttChannel channel, Delivery delivery, ReasonCode reason) {
        devices.acked(channel, delivery, reason);
    }

    @Override
    public void subscribe(MqttChannel channel, List<Subscription> subscriptions, Reply suback) {
        of(channel).subscribe(channel, subscriptions, suback);
    }

    @Override
    public void unsubscribe(MqttChannel channel, List<TopicFilter> filters, Reply unsuback) {
        of(channel).unsubscribe(channel, filters, unsuback);
    }

    @Override
    public void writable(MqttChannel channel) {
        of(channel).writable(channel);
    }

    @Override
    public void closed(MqttChannel channel, CloseReason why, List<Delivery> unacked) {
        of(channel).closed(channel, why, unacked);
    }
}
