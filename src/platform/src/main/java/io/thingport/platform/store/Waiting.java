package io.thingport.platform.store;

/**
 * A change on its way through the writer.
 *
 * @param bytes what it counts for in the queue; 0 for all but messages
 */
record Waiting(Change change, int bytes) {

    static Waiting of(InsertMessage message) {
        return new Waiting(message, message.message().payload().length() + message.message().topic().utf8().length);
    }

    static Waiting of(Change change) {
        return new Waiting(change, 0);
    }

    boolean isMessage() {
        return change instanceof InsertMessage;
    }
}
