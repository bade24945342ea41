package io.thingport.mqtt;

import java.util.List;

/** The answer to one SUBSCRIBE or UNSUBSCRIBE. */
@FunctionalInterface
public interface Reply {

    /**
     * Sends the SUBACK or UNSUBACK: one reason code for each entry of the request, in their order. Once, on the
     * channel's loop, within the handler's call or later; without effect when the channel has closed.
     */
    void send(List<ReasonCode> reasons);
}
