package io.thingport.web.health;

import io.thingport.platform.tls.MaterialFiles;
import io.thingport.platform.tls.TlsStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how it stands with the certificate of the MQTT listeners. Always ready: a certificate that is about to expire or
 * files that cannot be used do not get better where no traffic comes, and what was in use still is.
 */
@Readiness
@ApplicationScoped
public class TlsReady implements HealthCheck {

    @Inject
    private MaterialFiles files;

    @Override
    public HealthCheckResponse call() {
        return response(files.status());
    }

    static HealthCheckResponse response(TlsStatus status) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("tls").up();
        status.subject().ifPresent(subject -> response.withData("certificate", subject));
        status.expiry().ifPresent(expiry -> response.withData("expires", expiry.toString()));
        status.problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
