package io.thingport.platform.limits;

import io.thingport.mqtt.QoS;

/**
 * Counts what one device publishes over one connection. The server's bucket is the last asked: what is too much for the
 * device takes nothing from the others.
 *
 * @param qos0   for publishes at QoS 0
 * @param qos1   for publishes at QoS 1
 * @param bytes  for the payloads of both
 * @param server for the publishes of all devices
 */
public record PublishLimit(TokenBucket qos0, TokenBucket qos1, TokenBucket bytes, TokenBucket server) {

    /** Lets everything pass: the only one that does. */
    public static final PublishLimit NONE = new PublishLimit(TokenBucket.UNLIMITED, TokenBucket.UNLIMITED,
            TokenBucket.UNLIMITED, TokenBucket.UNLIMITED);

    /** @param server counts the publishes of all devices */
    public static PublishLimit of(DeviceRates rates, TokenBucket server, long now) {
        PublishLimit made = new PublishLimit(TokenBucket.of(rates.publishesQos0(), now),
                TokenBucket.of(rates.publishesQos1(), now), TokenBucket.of(rates.bandwidth(), now), server);
        return made.equals(NONE) ? NONE : made;
    }

    /** Counts a publish; false when it is too much: then it does not count. For the thread of the connection's loop. */
    public boolean take(QoS qos, int size, long now) {
        TokenBucket publishes = qos == QoS.AT_MOST_ONCE ? qos0 : qos1;
        return publishes.pause(1, now) == 0 && bytes.pause(size, now) == 0 && server.take(1, now)
                && publishes.take(1, now) && bytes.take(size, now);
    }
}
