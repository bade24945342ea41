package io.thingport.mqtt;

import java.util.Optional;

/**
 * Why a channel closed.
 *
 * @param cause  who or what ended it
 * @param reason the reason code of a DISCONNECT, in whichever direction it went
 * @param text   for the log
 */
public record CloseReason(Cause cause, Optional<ReasonCode> reason, String text) {

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
