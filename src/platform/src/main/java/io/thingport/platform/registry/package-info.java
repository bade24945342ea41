/**
 * Products, their topic classes and devices: what exists and what it may do.
 *
 * <p>{@link io.thingport.platform.registry.Products} and {@link io.thingport.platform.registry.Devices} are the façades
 * for every thread that may block. {@link io.thingport.platform.registry.DeviceDirectory} and
 * {@link io.thingport.platform.registry.DeviceStatusWriter} are for event loops: they never block, their database work
 * runs on the managed executor. Rows (entities) never leave the package.
 */
package io.thingport.platform.registry;
