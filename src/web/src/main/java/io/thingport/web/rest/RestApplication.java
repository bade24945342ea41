package io.thingport.web.rest;

import io.thingport.web.problem.Problem;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The root of the API; its resources are found by their annotations. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info = @Info(title = "Thingport", version = "1",
                description = "Manage products, topic classes and devices; send messages to devices, one or many, and call "
                        + "them; say what goes to which consumer groups.",
                license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        tags = {
            @Tag(name = "products", description = "To look needs the scope read, to change and to see secrets manage."),
            @Tag(name = "topic classes", description = "To look needs the scope read, to change and to see secrets manage."),
            @Tag(name = "devices", description = "To look needs the scope read, to change and to see secrets manage."),
            @Tag(name = "consumer groups", description = "To look needs the scope read, to change manage."),
            @Tag(name = "messages", description = "Needs the scope message."),
            @Tag(name = "broadcasts", description = "Needs the scope message."),
            @Tag(name = "events", description = "Needs the scope consume."),
            @Tag(name = "tokens", description = "Needs the scope consume; for the right publish message, too."),
            @Tag(name = "log", description = "To look needs the scope read, to set levels and traces manage."),
            @Tag(name = "access keys", description = "Needs the scope administer."),
            @Tag(name = "imports and exports", description = "Needs the scope administer."),
            @Tag(name = "audit", description = "Needs the scope administer."),
            @Tag(name = "master key", description = "Needs the scope administer.")},
        components = @Components(responses = @APIResponse(name = "Problem", description = "An error",
                content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))),
        security = {@SecurityRequirement(name = "accessKey"), @SecurityRequirement(name = "token")})
@SecurityScheme(securitySchemeName = "accessKey", type = SecuritySchemeType.HTTP, scheme = "basic",
        description = "The access key's id is the user name, its secret the password.")
@SecurityScheme(securitySchemeName = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
        description = "A token of the issuer that the server is set to trust.")
public class RestApplication extends Application {
}
