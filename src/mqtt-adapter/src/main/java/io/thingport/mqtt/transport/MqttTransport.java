package io.thingport.mqtt.transport;

import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttCounters;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Event loops, listeners and channels. The listeners open when the application has called {@link #open} and a listener
 * source is attached, in either order. Thread-safe.
 */
public final class MqttTransport implements MqttServer {

    /** @param loopThreads runs each event loop as one task that ends at {@link #shutdown} */
    public MqttTransport(Executor loopThreads) {
    }

    /** A message-driven bean has become active. */
    public void attach(ListenerSource source) {
    }

    /** The last message-driven bean goes: like {@link #close}, but {@code open} stays in force for the next attach. */
    public void detach() {
    }

    /** Ends everything, the loops too, within 5 s. Repeated calls do nothing. */
    public void shutdown() {
    }

    /** The application, while it is open. */
    public Optional<MqttApplication> application() {
        return Optional.empty();
    }

    @Override
    public void open(MqttServerSettings settings, MqttApplication application) {
    }

    @Override
    public void close() {
    }

    @Override
    public Status status() {
        return new Status(false, List.of(), Optional.empty());
    }

    @Override
    public List<MqttLoop> loops() {
        return List.of();
    }

    @Override
    public MqttCounters counters() {
        return MqttCounters.ZERO;
    }
}
