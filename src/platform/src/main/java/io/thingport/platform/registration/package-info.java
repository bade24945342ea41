/**
 * One secret for all devices of a product: a device proves that it knows it, and gets what it connects with.
 *
 * <p>{@link io.thingport.platform.registration.Registrar} serves MQTT and HTTPS alike, event loops without blocking them.
 */
package io.thingport.platform.registration;
