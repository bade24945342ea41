package io.thingport.mqtt.protocol;

import io.thingport.mqtt.MqttCounters;

/** What one loop counts. Written by its thread alone, without a barrier; readers may see the figures a moment late. */
final class LoopCounters {

    long connections;
    long connectsReceived;
    long publishesIn0;
    long publishesIn1;
    long publishesOut0;
    long publishesOut1;
    long bytesIn;
    long bytesOut;
    long protocolErrors;
    long silent;
    long droppedOverWindow;
    long unauthenticated;
    long answersTooLarge;
    long proxyHeadersRefused;
    long acceptRests;
    long stalled;

    MqttCounters read(long rejectedTasks) {
        return new MqttCounters(connections, connectsReceived, publishesIn0, publishesIn1, publishesOut0,
                publishesOut1, bytesIn, bytesOut, protocolErrors, silent, rejectedTasks,
                droppedOverWindow, unauthenticated, answersTooLarge, proxyHeadersRefused, acceptRests,
                stalled);
    }
}
