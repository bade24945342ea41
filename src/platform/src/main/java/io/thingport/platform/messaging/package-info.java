/**
 * Messages from the application to devices: to one ({@link io.thingport.platform.messaging.Publisher}) or to many of a
 * product ({@link io.thingport.platform.messaging.Broadcaster}); and what the application subscribes for devices
 * ({@link io.thingport.platform.messaging.DeviceSubscriptions}). All may be called from any thread; the work is done on the
 * devices' home loops, where the stages they return complete. They are plain beans: an EJB's container would take several
 * times as long as their work.
 */
package io.thingport.platform.messaging;
