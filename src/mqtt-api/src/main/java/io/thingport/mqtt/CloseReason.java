package io.thingport.mqtt;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a channel closed.
 *
 * @param cause         who or what ended it
 * @param reason        the reason code of a DISCONNECT, in whichever direction it went
 * @param text          for the log
 * @param sessionExpiry the Session Expiry Interval of the client's DISCONNECT in seconds, if it gave one (5.0)
 */
public record CloseReason(Cause cause, Optional<ReasonCode> reason, String text, OptionalLong sessionExpiry) {

    public CloseReason(Cause cause, Optional<ReasonCode> reason, String text) {
        this(cause, reason, text, OptionalLong.empty());
    }

    /** Who or what ended a connection. */
    public enum Cause {
        /** The client sent DISCONNECT. */
        CLIENT_DISCONNECT,
        /** The socket was closed or failed without DISCONNECT. */
        CONNECTION_LOST,
        /** Nothing arrived for 1.5 times the keep-alive. */
        KEEP_ALIVE_TIMEOUT,
        /** The client broke the protocol. */
        PROTOCOL_ERROR,
        /** The platform closed it. */
        SERVER
    }
}
