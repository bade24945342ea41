package io.thingport.mqtt;

import java.nio.ByteBuffer;

/**
 * Where the bytes for a client go whose connection the application carries, as {@link MqttServer#connect} begins it.
 * Called by the thread of the connection's loop; never blocks.
 */
public interface ByteSink {

    /**
     * Sends bytes, which belong to the sink from now on. It answers with {@link BytePort#sent}, or {@link BytePort#closed}
     * when they cannot be sent; nothing more is given to it before.
     */
    void send(ByteBuffer bytes);

    /** After {@link BytePort#received} has said no: bytes are taken again. */
    void resume();

    /** Ends the connection; nothing follows. Called once, whoever ended it. */
    void close();
}
