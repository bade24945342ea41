/**
 * Metrics of MicroProfile Metrics: read from the counters of adapter and platform when someone asks, on the thread that
 * asks. No label names a device, a product or an access key.
 */
package io.thingport.web.metrics;
