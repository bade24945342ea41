/**
 * Messages from the application to devices. {@link io.thingport.platform.messaging.Publisher} may be called from any
 * thread; the work is done on the device's home loop, where the stages it returns complete.
 */
package io.thingport.platform.messaging;
