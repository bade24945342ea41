package io.thingport.platform.devicelog;

/** Codes of entries, as the logs and the registration of the Aliyun IoT Platform have them. */
public final class LogCode {

    public static final int SUCCESS = 200;
    /** A request that is wrong as a whole; of a connection: the platform ended or refused it. */
    public static final int REQUEST = 400;
    public static final int FORBIDDEN = 403;
    /** Another connection with the same identity took the place. */
    public static final int TAKEN_OVER = 427;
    /** A parameter of CONNECT is missing or malformed. */
    public static final int CONNECT_PARAMETER = 460;
    public static final int INTERNAL = 500;
    /** The socket of a device takes no more. */
    public static final int OUTPUT_FULL = 1901;
    public static final int TOPIC_MALFORMED = 1903;
    public static final int STRAY_REPLY = 1904;
    public static final int CALL_TIMEOUT = 1905;
    /** The connection broke. */
    public static final int CONNECTION = 1950;
    public static final int UNKNOWN_PRODUCT = 6250;
    public static final int REGISTRATION_OFF = 6288;
    public static final int ALREADY_ACTIVATED = 6289;
    public static final int SIGN_METHOD = 6292;
    public static final int SIGNATURE = 6600;
    public static final int DEVICE_OFFLINE = 9201;
    public static final int TOPIC_NOT_AUTHORIZED = 9236;
    public static final int PAYLOAD = 9320;
    public static final int PARAMETER = 9321;
    public static final int RATE = 9324;

    private LogCode() {
    }
}
