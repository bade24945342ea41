package io.thingport.web.rest;

import io.thingport.platform.secrets.Secret;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device's secret. Prints none. */
@Schema(name = "DeviceSecret", requiredProperties = "deviceSecret")
public record SecretAnswer(String deviceSecret) {

    static SecretAnswer of(Secret secret) {
        return new SecretAnswer(secret.reveal());
    }

    @Override
    public String toString() {
        return "SecretAnswer[*]";
    }
}
