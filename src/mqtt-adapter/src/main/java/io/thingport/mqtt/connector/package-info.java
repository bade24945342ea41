/**
 * The JCA side of the adapter [Jakarta Connectors 2.1]: its life cycle, the message endpoint that takes the turns of the
 * event loops, and the connection factory.
 *
 * <p>The container calls these classes on its own threads; what runs on an event loop is
 * {@link io.thingport.mqtt.connector.LoopWork} around it and the way to the endpoint,
 * {@link io.thingport.mqtt.connector.EndpointSource}.
 */
package io.thingport.mqtt.connector;
