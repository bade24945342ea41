package io.thingport.web.rest;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Certificates;
import io.thingport.platform.registry.Cursor;
import io.thingport.platform.registry.DeviceCertificate;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.web.problem.ProblemException;
import io.thingport.web.security.Needs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The certificates that stand for a device. */
@Path("products/{productKey}/devices/{deviceName}/certificates")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Tag(name = "devices")
public class CertificatesResource {

    @Inject
    private Certificates certificates;

    @POST
    @Needs(Scope.MANAGE)
    @Operation(summary = "Register a certificate for a device")
    @APIResponseSchema(value = CertificateAnswer.class, responseCode = "201")
    public Response register(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            NewCertificateRequest request, @Context UriInfo uri) {
        DeviceCertificate certificate = certificates.register(PathKeys.deviceKey(productKey, deviceName),
                request.certificate());
        return Response.created(uri.getAbsolutePathBuilder().path(certificate.fingerprint().hex()).build())
                .entity(CertificateAnswer.of(certificate)).build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "List a device's certificates, oldest first, those that are revoked too")
    public Listed<CertificateAnswer> list(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName, @QueryParam("after") Optional<String> after,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
            @QueryParam("limit") Optional<String> limit) {
        DeviceKey device = PathKeys.deviceKey(productKey, deviceName);
        return Listed.of(Cursor.page("certificates " + device, certificates.list(device),
                c -> PathKeys.sortable(c.createdAt().toEpochMilli()) + c.fingerprint(), after, PathKeys.limit(limit)),
                CertificateAnswer::of);
    }

    @POST
    @Path("{fingerprint}/revoke")
    @Consumes(MediaType.WILDCARD)
    @Needs(Scope.MANAGE)
    @Operation(summary = "End a certificate's time for ever, and the device's connection")
    public CertificateAnswer revoke(@PathParam("productKey") String productKey,
            @PathParam("deviceName") String deviceName, @PathParam("fingerprint") String fingerprint) {
        return CertificateAnswer.of(
                certificates.revoke(PathKeys.deviceKey(productKey, deviceName), fingerprint(fingerprint)));
    }

    @DELETE
    @Path("{fingerprint}")
    @Needs(Scope.MANAGE)
    @Operation(summary = "Forget a certificate, which may be registered again, and end the device's connection")
    public void delete(@PathParam("productKey") String productKey, @PathParam("deviceName") String deviceName,
            @PathParam("fingerprint") String fingerprint) {
        certificates.delete(PathKeys.deviceKey(productKey, deviceName), fingerprint(fingerprint));
    }

    private static Fingerprint fingerprint(String text) {
        return Fingerprint.parse(text)
                .orElseThrow(() -> ProblemException.invalid("fingerprint", "has to be 64 hexadecimal digits"));
    }
}
