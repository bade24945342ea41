package io.thingport.web.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A certificate to register for a device. */
@Schema(name = "NewCertificate", requiredProperties = "certificate")
public record NewCertificateRequest(
        @Schema(description = "One X.509 certificate in PEM, without its private key and without its authority's")
        String certificate) {
}
