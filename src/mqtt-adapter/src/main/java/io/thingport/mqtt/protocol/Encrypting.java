package io.thingport.mqtt.protocol;

import io.netty.util.concurrent.Future;

/** The first handler of a pipeline, when it encrypts what its channel writes. */
public interface Encrypting {

    /**
     * Tells the other side that nothing more will come [RFC 5246, 7.2.1]. On the channel's loop.
     *
     * @return completes when that has been written, or cannot be
     */
    Future<?> endOutput();
}
