package io.thingport.mqtt;

/**
 * How an RRPC call ended.
 *
 * @param status    the outcome
 * @param messageId the id in the topic that carried the call, 0 when nothing was sent
 * @param reply     the device's reply with {@link Status#SUCCESS}, else empty; not copied
 */
public record CallOutcome(Status status, long messageId, byte[] reply) {

    private static final byte[] NOTHING = new byte[0];

    /** The outcomes of an RRPC call. */
    public enum Status {
        /** The device answered in time. */
        SUCCESS,
        /** It did not. */
        TIMEOUT,
        /** It was not connected, or its connection was lost while the call waited. */
        OFFLINE,
        /** Still connected as far as the server knows, but silent for over one keep-alive, and no answer in time. */
        HALF_CONNECTED,
        /** It did not subscribe to the topic of the call. */
        NOT_SUBSCRIBED,
        /** The custom topic form needs a device that connected with bit 0 of {@code ext}; this one did not. */
        NO_EXT,
        /** The topic is not one this device may subscribe to. */
        FORBIDDEN_TOPIC,
        /** No such device. */
        UNKNOWN_DEVICE,
        /** Larger than the device's Maximum Packet Size or the server's own. */
        TOO_LARGE,
        /** More than may be sent in a second, to the device or by the whole server; nothing was sent. */
        THROTTLED,
        /** The server is overloaded or not ready; nothing was sent. */
        UNAVAILABLE
    }

    /** The device's answer. */
    public static CallOutcome success(long messageId, byte[] reply) {
        return new CallOutcome(Status.SUCCESS, messageId, reply);
    }

    /** Any outcome but success. */
    public static CallOutcome failed(Status status, long messageId) {
        return new CallOutcome(status, messageId, NOTHING);
    }
}
