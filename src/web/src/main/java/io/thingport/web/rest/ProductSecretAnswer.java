package io.thingport.web.rest;

import io.thingport.platform.secrets.Secret;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product's secret. Prints none. */
@Schema(name = "ProductSecret", requiredProperties = "productSecret")
public record ProductSecretAnswer(String productSecret) {

    static ProductSecretAnswer of(Secret secret) {
        return new ProductSecretAnswer(secret.reveal());
    }

    @Override
    public String toString() {
        return "ProductSecretAnswer[*]";
    }
}
