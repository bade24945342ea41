package io.thingport.mqtt.protocol;

import io.thingport.mqtt.ReasonCode;

/**
 * A packet breaks the protocol or asks for what this server does not do; the connection ends with this reason. A client
 * can provoke it at will, so it has no stack trace.
 */
final class ProtocolViolation extends RuntimeException {

    private final ReasonCode reason;

    ProtocolViolation(ReasonCode reason, String why) {
        super(why, null, false, false);
        this.reason = reason;
    }

    ReasonCode reason() {
        return reason;
    }

    static ProtocolViolation malformed(String why) {
        return new ProtocolViolation(ReasonCode.MALFORMED_PACKET, why);
    }

    static ProtocolViolation protocolError(String why) {
        return new ProtocolViolation(ReasonCode.PROTOCOL_ERROR, why);
    }
}
