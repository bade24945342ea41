package io.thingport.web.metrics;

import io.thingport.platform.tls.MaterialFiles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The metrics of what the server proves itself with over TLS. */
@Dependent
class TlsMetrics {

    @Inject
    private MaterialFiles files;

    void register(MetricRegistry registry) {
        registry.gauge(Metrics.metadata("tls_certificate_expiry_seconds",
                "When the certificate of the MQTT listeners expires, in seconds since 1970; 0 = there is none"), files,
                from -> from.status().expiry().map(Instant::getEpochSecond).orElse(0L));
        registry.gauge(Metrics.metadata("tls_files_unusable",
                "1 while the files of TLS cannot be used as they are, else 0"), files,
                from -> from.status().problem().isPresent() ? 1L : 0L);
    }
}
