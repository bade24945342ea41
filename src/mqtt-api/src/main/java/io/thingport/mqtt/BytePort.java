package io.thingport.mqtt;

import java.nio.ByteBuffer;

/**
 * The server's side of a connection that the application carries, as {@link MqttServer#connect} begins it. From any
 * thread, and {@link #received} from one at a time; never blocks.
 */
public interface BytePort {

    /**
     * Takes what the client has sent, as a copy, however its packets lie in it.
     *
     * @return whether more is wanted now; when not, whatever comes nonetheless is kept, too, and
     *         {@link ByteSink#resume} says when it is, possibly before this returns
     */
    boolean received(ByteBuffer bytes);

    /** What the sink was given last has been sent. */
    void sent();

    /** The connection has ended. Without effect when it is known. */
    void closed();

    /** Closes a connection that the application cannot wait for any longer; counted and logged. */
    void abandon(String why);
}
