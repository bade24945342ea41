package io.thingport.platform.dashboard;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;

/** Whether a dashboard may publish to a topic, as far as its token knows: SUCCESS or NOT_AUTHORIZED. */
record DashboardRoute(ReasonCode permission) implements Route {

    @Override
    public boolean current() {
        return true; // a token does not change
    }

    @Override
    public boolean cacheable() {
        return true;
    }
}
