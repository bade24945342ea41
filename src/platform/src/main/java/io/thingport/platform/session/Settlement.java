package io.thingport.platform.session;

import io.thingport.mqtt.SendOutcome;

/** Whoever published a message and waits to hear what became of it. Told once, on the receiver's home loop. */
@FunctionalInterface
interface Settlement {

    /** Nobody waits. */
    Settlement NONE = outcome -> { };

    void settle(SendOutcome outcome);
}
