package io.thingport.web.metrics;

import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.web.DashedName;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The metrics of devices that ask for what they connect with. */
@Dependent
class RegistrationMetrics {

    @Inject
    private Registrar registrar;

    void register(MetricRegistry registry) {
        registry.gauge(Metrics.metadata("registrations_total", "Secrets and tokens given to devices"), registrar,
                Registrar::registered);
        for (Refused reason : Refused.values()) {
            registry.gauge(Metrics.metadata("registrations_refused_total", "Devices refused a secret or token, by reason"),
                    registrar, r -> r.refused(reason), new Tag("reason", DashedName.of(reason)));
        }
    }
}
