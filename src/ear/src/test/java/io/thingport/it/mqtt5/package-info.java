/**
 * MQTT 5.0 statement by statement, against the running server: a class for each packet and each section of it.
 * The comment of a class lists the statements that it proves, each test names its own; those that have no test stand in
 * {@code src/docs/clauses-5.md}, with the reason.
 *
 * <p>Tests speak in bytes ({@link io.thingport.it.mqtt5.Wire}), so that no client library helps. Each class runs on one
 * thread.
 */
package io.thingport.it.mqtt5;
