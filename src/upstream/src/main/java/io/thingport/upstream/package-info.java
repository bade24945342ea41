/**
 * The message engine: Apache ActiveMQ Artemis, which keeps the messages of each consumer group in a durable queue of its
 * own until a consumer has taken them.
 *
 * <p>The engine runs on threads of its own; one thread starts it and looks after it, and the platform's handover writes to it.
 */
package io.thingport.upstream;
