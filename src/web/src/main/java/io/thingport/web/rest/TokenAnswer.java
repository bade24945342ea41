package io.thingport.web.rest;

import io.thingport.platform.dashboard.DashboardChannels;
import io.thingport.platform.dashboard.IssuedToken;
import io.thingport.web.DashedName;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token just made. It is not kept and cannot be read again. Prints no token. */
@Schema(name = "Token", requiredProperties = {"userName", "token", "products", "rights", "expiresAt"})
public record TokenAnswer(
        @Schema(description = "The user name to connect with over MQTT") String userName,
        @Schema(description = "The password to connect with over MQTT") String token,
        List<String> products, List<String> rights, Instant expiresAt) {

    static TokenAnswer of(IssuedToken issued) {
        return new TokenAnswer(DashboardChannels.USER_NAME, issued.text().reveal(),
                issued.token().products().stream().sorted().toList(),
                issued.token().rights().stream().sorted().map(DashedName::of).toList(), issued.token().expiresAt());
    }

    @Override
    public String toString() {
        return "TokenAnswer[" + products + ", " + rights + ", " + expiresAt + "]";
    }
}
