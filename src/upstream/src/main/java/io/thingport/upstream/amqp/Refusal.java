package io.thingport.upstream.amqp;

import io.thingport.platform.upstream.ConsumerEvent;

/** Why a connection or link is not let in. */
record Refusal(ConsumerEvent event, String text) {

    /** For the consumer. */
    String description() {
        return event + ": " + text;
    }
}
