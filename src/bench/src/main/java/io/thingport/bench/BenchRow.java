package io.thingport.bench;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttLoop;
import io.thingport.platform.store.InsertMessage;
import java.util.concurrent.CountDownLatch;

/**
 * A message to be stored.
 *
 * @param left counts down when it is committed
 */
record BenchRow(MqttLoop home, long sessionId, long number, Message message, CountDownLatch left)
        implements InsertMessage {

    private static final long CREATED = 1_790_000_000_000L;
    private static final long SEVEN_DAYS = 7L * 24 * 60 * 60 * 1000;

    @Override
    public boolean take() {
        return true;
    }

    @Override
    public boolean sent() {
        return false;
    }

    @Override
    public long createdMillis() {
        return CREATED + number;
    }

    @Override
    public long expiresMillis() {
        return CREATED + number + SEVEN_DAYS;
    }

    @Override
    public void refused() {
        throw new IllegalStateException("the database refuses a row");
    }

    @Override
    public void written() {
        left.countDown();
    }
}
