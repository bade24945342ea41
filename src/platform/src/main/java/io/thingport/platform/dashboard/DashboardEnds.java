package io.thingport.platform.dashboard;

import io.thingport.platform.accesskey.AccessKeyRevocation;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Ends the connections of an access key that is valid no more or may do less. */
@Dependent
class DashboardEnds {

    private final Dashboards dashboards;

    @Inject
    DashboardEnds(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    void key(@Observes AccessKeyRevocation key) {
        dashboards.keyRevoked(key.accessKeyId());
    }
}
