package io.thingport.platform.session;

import io.thingport.mqtt.SendOutcome;

/** Waits until two have settled a message, and tells the worse of what they say. Used on one loop's thread. */
final class BothSettled implements Settlement {

    private final Settlement then;
    private SendOutcome first; // null until one has settled

    BothSettled(Settlement then) {
        this.then = then;
    }

    @Override
    public void settle(SendOutcome outcome) {
        if (first == null) {
            first = outcome;
        } else {
            then.settle(isGood(first) ? outcome : first);
        }
    }

    private static boolean isGood(SendOutcome outcome) {
        return outcome == SendOutcome.SENT || outcome == SendOutcome.STORED;
    }
}
