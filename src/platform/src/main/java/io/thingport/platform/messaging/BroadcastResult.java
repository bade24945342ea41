package io.thingport.platform.messaging;

import java.time.Duration;

/**
 * What became of a broadcast.
 *
 * @param messageId its id, positive; 0 unless it was sent
 * @param sent      to so many devices it went
 * @param pause     with {@link Outcome#TOO_OFTEN}: how long until the next one may be sent
 */
public record BroadcastResult(Outcome outcome, long messageId, int sent, Duration pause) {

    /** How it can end. */
    public enum Outcome {
        /** It went to those who are connected and, if it has a topic, have subscribed to that. */
        SENT,
        /** Not a topic for broadcasts to this product, or too long or too deep. */
        FORBIDDEN_TOPIC,
        /** Larger than {@link Broadcaster#PAYLOAD_MAXIMUM} or the server's packets; nothing was sent. */
        TOO_LARGE,
        /** The last one was sent a moment ago; nothing was sent. */
        TOO_OFTEN,
        /** The server is overloaded or not ready; nothing was sent. */
        UNAVAILABLE
    }

    /** One that went out. */
    public static BroadcastResult sent(long messageId, int sent) {
        return new BroadcastResult(Outcome.SENT, messageId, sent, Duration.ZERO);
    }

    /** One that was not sent, but for {@link #tooOften}. */
    public static BroadcastResult refused(Outcome why) {
        return new BroadcastResult(why, 0, 0, Duration.ZERO);
    }

    /** One that came too early. */
    public static BroadcastResult tooOften(Duration pause) {
        return new BroadcastResult(Outcome.TOO_OFTEN, 0, 0, pause);
    }
}
