package io.thingport.platform.dashboard;

import io.thingport.platform.secrets.Secret;

/** A token just made; its text is what a dashboard shows as its password. */
public record IssuedToken(DashboardToken token, Secret text) {
}
