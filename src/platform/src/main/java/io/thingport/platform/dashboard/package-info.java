/**
 * Dashboards: applications, mostly in browsers, that connect over MQTT with a short-lived token. They are no devices: they
 * have no session, and no status is told of them. They see what devices of the token's products do, as the
 * {@link io.thingport.platform.watch watchers} do, and publish as any caller of the API.
 *
 * <p>A connection lives on the event loop where it arrived, and all of it is done on that loop's thread; only
 * {@link io.thingport.platform.dashboard.Dashboards} and {@link io.thingport.platform.dashboard.DashboardTokens} are for
 * any thread. Nothing blocks.
 */
package io.thingport.platform.dashboard;
