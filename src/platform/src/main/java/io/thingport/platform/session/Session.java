package io.thingport.platform.session;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttChannel;
import io.thingport.platform.access.ClientIdentifier;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.ProductAccess;
import io.thingport.platform.rrpc.WaitingCalls;

/**
 * What a connected device has. Every session is clean: it begins with a connection and ends with it, so that a connection
 * that closes late ends nothing but its own. Owned by the device's home loop.
 */
final class Session {

    private final DeviceKey device;
    private final ProductAccess product;
    private final Subscriptions subscriptions;
    private final Backlog backlog;
    private final WaitingCalls calls = new WaitingCalls();
    private final MqttChannel channel;
    private final int ext;
    private final ConnectionInfo info;

    Session(DeviceKey device, ProductAccess product, MqttChannel channel, int ext, ConnectionInfo info,
            Settings settings) {
        this.device = device;
        this.product = product;
        this.channel = channel;
        this.ext = ext;
        this.info = info;
        this.subscriptions = new Subscriptions(settings.subscriptions().deviceMaximum());
        this.backlog = new Backlog(settings.sessions());
    }

    DeviceKey device() {
        return device;
    }

    ProductAccess product() {
        return product;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Backlog backlog() {
        return backlog;
    }

    WaitingCalls calls() {
        return calls;
    }

    MqttChannel channel() {
        return channel;
    }

    ConnectionInfo info() {
        return info;
    }

    /** Whether the device can be called on custom topics. */
    boolean takesCustomCalls() {
        return (ext & ClientIdentifier.EXT_CUSTOM_CALLS) != 0;
    }

    /** Whether the device wants to be told on {@code /ext/notify} what happens to it. */
    boolean wantsNotices() {
        return (ext & ClientIdentifier.EXT_NOTICES) != 0;
    }

    /** Whether nothing has arrived for over one keep-alive. */
    boolean silent() {
        return channel.silence() > info.keepAliveSeconds();
    }
}
