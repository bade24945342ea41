package io.thingport.platform.upstream;

/** Why a device is offline, as business servers are told. */
public enum OfflineReason {
    /** It sent DISCONNECT. The code is the one that the logs of the Aliyun IoT Platform have for success. */
    DISCONNECTED(200),
    /** Its connection broke or fell silent. The code is the one that those logs have for an exception of a connection. */
    CONNECTION_LOST(1950),
    /** Another connection with the same identity took its place. */
    TAKEN_OVER(427),
    /** The platform closed the connection: the device broke the protocol, was disabled or deleted, or the server stopped. */
    CLOSED(400);

    private final int code;

    OfflineReason(int code) {
        this.code = code;
    }

    /** The number in the message. */
    public int code() {
        return code;
    }
}
