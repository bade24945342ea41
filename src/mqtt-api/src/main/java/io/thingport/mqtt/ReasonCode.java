package io.thingport.mqtt;

/**
 * The reason codes of MQTT 5 [MQTT 5, 2.4] that this server sends or understands, with their 3.x counterparts.
 */
public enum ReasonCode {
    SUCCESS(0x00, 0),
    GRANTED_QOS_1(0x01, 0),
    DISCONNECT_WITH_WILL(0x04, 0),
    NO_MATCHING_SUBSCRIBERS(0x10, 0),
    NO_SUBSCRIPTION_EXISTED(0x11, 0),
    UNSPECIFIED_ERROR(0x80, 3),
    MALFORMED_PACKET(0x81, 2),
    PROTOCOL_ERROR(0x82, 2),
    IMPLEMENTATION_SPECIFIC_ERROR(0x83, 2),
    UNSUPPORTED_PROTOCOL_VERSION(0x84, 1),
    CLIENT_IDENTIFIER_NOT_VALID(0x85, 2),
    BAD_USER_NAME_OR_PASSWORD(0x86, 4),
    NOT_AUTHORIZED(0x87, 5),
    SERVER_UNAVAILABLE(0x88, 3),
    SERVER_BUSY(0x89, 3),
    BANNED(0x8A, 5),
    SERVER_SHUTTING_DOWN(0x8B, 3),
    BAD_AUTHENTICATION_METHOD(0x8C, 5),
    KEEP_ALIVE_TIMEOUT(0x8D, 3),
    SESSION_TAKEN_OVER(0x8E, 3),
    TOPIC_FILTER_INVALID(0x8F, 3),
    TOPIC_NAME_INVALID(0x90, 3),
    PACKET_IDENTIFIER_IN_USE(0x91, 3),
    RECEIVE_MAXIMUM_EXCEEDED(0x93, 3),
    TOPIC_ALIAS_INVALID(0x94, 3),
    PACKET_TOO_LARGE(0x95, 3),
    MESSAGE_RATE_TOO_HIGH(0x96, 3),
    QUOTA_EXCEEDED(0x97, 3),
    ADMINISTRATIVE_ACTION(0x98, 3),
    PAYLOAD_FORMAT_INVALID(0x99, 3),
    RETAIN_NOT_SUPPORTED(0x9A, 5),
    QOS_NOT_SUPPORTED(0x9B, 5),
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E, 5),
    CONNECTION_RATE_EXCEEDED(0x9F, 3),
    MAXIMUM_CONNECT_TIME(0xA0, 3),
    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1, 5),
    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2, 5);

    private static final ReasonCode[] BY_CODE = new ReasonCode[256];

    static {
        for (ReasonCode reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final int connectReturnCode;

    ReasonCode(int code, int connectReturnCode) {
        this.code = code;
        this.connectReturnCode = connectReturnCode;
    }

    /** The byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** The return code of a 3.x CONNACK that says it best, 0 to 5 [MQTT 3.1.1, 3.2.2.3]. */
    public int connectReturnCode() {
        return connectReturnCode;
    }

    public boolean isError() {
        return code >= 0x80;
    }

    /** The reason with this byte; {@link #UNSPECIFIED_ERROR} or {@link #SUCCESS}, by its top bit, for one we do not know. */
    public static ReasonCode of(int code) {
        ReasonCode known = BY_CODE[code & 0xFF];
        return known != null ? known : (code & 0x80) != 0 ? UNSPECIFIED_ERROR : SUCCESS;
    }
}
