package io.thingport.web.health;

import io.thingport.mqtt.MqttServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when devices can connect: the application has opened its MQTT listeners, every one is bound, and it is not
 * closing them. Tells where, or why not.
 */
@Readiness
@ApplicationScoped
public class ListenerReady implements HealthCheck {

    @Inject
    private MqttServer server;

    @Override
    public HealthCheckResponse call() {
        return response(server.status());
    }

    static HealthCheckResponse response(MqttServer.Status status) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mqtt").status(status.listening());
        if (!status.addresses().isEmpty()) {
            response.withData("addresses", String.join(", ", status.addresses()));
        }
        status.problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
