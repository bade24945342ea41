/**
 * Devices that are applied for in batches and created in the background.
 *
 * <p>{@link io.thingport.platform.apply.DeviceApplies} is the façade, for every thread that may block. Devices are created on
 * the managed executor, some hundreds in a transaction, one apply after the other. What an apply is for stands in the database
 * before it begins, so a server that is started again goes on where the one before ended.
 */
package io.thingport.platform.apply;
