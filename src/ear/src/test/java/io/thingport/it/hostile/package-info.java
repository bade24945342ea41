/**
 * What a hostile client may send. Each test also proves that a device beside it does not notice and that the server logs
 * no stack trace ({@link io.thingport.it.hostile.Unnoticed}).
 */
package io.thingport.it.hostile;
