package io.thingport.mqtt;

/**
 * Counters since the start, but for {@code connections}, which is the present number.
 *
 * @param connections       open sockets
 * @param connectsReceived  well-formed CONNECT packets
 * @param publishesIn0      PUBLISH packets received at QoS 0
 * @param publishesIn1      PUBLISH packets received at QoS 1, repetitions of an open packet id left out
 * @param publishesOut0     PUBLISH packets sent at QoS 0
 * @param publishesOut1     PUBLISH packets sent at QoS 1
 * @param bytesIn           bytes received
 * @param bytesOut          bytes sent
 * @param protocolErrors    channels closed for a packet that breaks the protocol
 * @param silent            sockets that closed or ran out of time without a CONNECT
 * @param rejectedTasks     tasks a full loop queue did not take
 * @param droppedOverWindow QoS 1 PUBLISH packets of 3.x clients beyond Receive Maximum, neither taken nor acknowledged
 * @param unauthenticated   channels closed before CONNACK because all such channels together held too many bytes
 * @param answersTooLarge   channels closed for an answer larger than the client's Maximum Packet Size
 * @param proxyHeadersRefused connections closed for a header of the PROXY protocol that is missing or malformed
 * @param acceptRests       times a listener stopped accepting for a while
 * @param stalled           connections that the application carries, closed because nothing of what waited for them was
 *                          taken
 */
public record MqttCounters(long connections, long connectsReceived, long publishesIn0, long publishesIn1,
        long publishesOut0, long publishesOut1, long bytesIn, long bytesOut, long protocolErrors, long silent,
        long rejectedTasks, long droppedOverWindow, long unauthenticated, long answersTooLarge,
        long proxyHeadersRefused, long acceptRests, long stalled) {

    public static final MqttCounters ZERO = new MqttCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public MqttCounters plus(MqttCounters o) {
        return new MqttCounters(connections + o.connections, connectsReceived + o.connectsReceived,
                publishesIn0 + o.publishesIn0, publishesIn1 + o.publishesIn1, publishesOut0 + o.publishesOut0,
                publishesOut1 + o.publishesOut1, bytesIn + o.bytesIn, bytesOut + o.bytesOut,
                protocolErrors + o.protocolErrors, silent + o.silent, rejectedTasks + o.rejectedTasks,
                droppedOverWindow + o.droppedOverWindow, unauthenticated + o.unauthenticated,
                answersTooLarge + o.answersTooLarge, proxyHeadersRefused + o.proxyHeadersRefused,
                acceptRests + o.acceptRests, stalled + o.stalled);
    }
}
