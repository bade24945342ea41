/**
 * MQTT 3.1.1 statement by statement, against the running server: a class for each packet and each section of it. MQTT 3.1 is
 * tried beside it ({@link io.thingport.it.mqtt3.EachVersion}); where it differs, the test says so. The comment of a class lists
 * the statements that it proves, each test names its own; those that have no test stand in {@code src/docs/clauses-3.1.1.md},
 * with the reason.
 *
 * <p>Tests speak in bytes ({@link io.thingport.it.mqtt3.Wire}), so that no client library helps. Each class runs on one
 * thread.
 */
package io.thingport.it.mqtt3;
