package io.thingport.upstream.amqp;

/** Why a connection or link is not let in. */
record Refusal(ConsumerCode code, String text) {

    /** For the consumer. */
    String description() {
        return code + ": " + text;
    }
}
