package io.thingport.platform.function;

import java.util.Optional;

/** Answers what devices publish on one topic. From any thread, never blocks, whatever the request holds. */
public interface DeviceFunction {

    /**
     * The payload of the reply; empty when the request is none.
     *
     * @param request not changed
     */
    Optional<byte[]> reply(byte[] request);
}
