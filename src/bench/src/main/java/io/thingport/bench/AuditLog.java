package io.thingport.bench;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Artemis tells its audit log of every message, which is on unless it is turned off. */
final class AuditLog {

    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit"); // held, or the level is forgotten

    private AuditLog() {
    }

    static void turnOff() {
        AUDIT.setLevel(Level.OFF);
    }
}
