package io.thingport.mqtt.connector;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttConnection;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A component's handle on a managed connection. Belongs to the thread that uses it. */
final class AdapterConnection implements MqttConnection {

    private static final Duration TIMEOUT_MINIMUM = Duration.ofSeconds(1);
    private static final Duration TIMEOUT_MAXIMUM = Duration.ofSeconds(8);

    private Optional<MqttManagedConnection> managed;

    AdapterConnection(MqttManagedConnection managed) {
        this.managed = Optional.of(managed);
    }

    @Override
    public CompletionStage<SendOutcome> send(Message message) {
        return application().send(message);
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, TopicName topic, byte[] request, Duration timeout) {
        return application().call(device, topic, request, checked(timeout));
    }

    @Override
    public CompletionStage<CallOutcome> call(DeviceKey device, byte[] request, Duration timeout) {
        return application().call(device, request, checked(timeout));
    }

    @Override
    public void close() {
        Optional<MqttManagedConnection> open = managed;
        managed = Optional.empty();
        open.ifPresent(m -> m.closed(this));
    }

    /** The container moves the handle to another managed connection. */
    void moveTo(MqttManagedConnection other) {
        managed.ifPresent(m -> m.forget(this));
        managed = Optional.of(other);
    }

    /** The container takes the managed connection back. */
    void invalidate() {
        managed = Optional.empty();
    }

    private MqttApplication application() {
        return managed.orElseThrow(() -> new IllegalStateException("the connection is closed")).factory().application();
    }

    private static Duration checked(Duration timeout) {
        if (timeout.compareTo(TIMEOUT_MINIMUM) < 0 || timeout.compareTo(TIMEOUT_MAXIMUM) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not in " + TIMEOUT_MINIMUM + ".."
                    + TIMEOUT_MAXIMUM);
        }
        return timeout;
    }
}
