package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import jakarta.json.JsonObjectBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One operation of the API.
 *
 * @param name  as it stands in {@code Action}
 * @param scope what a caller needs to call it at all
 * @param body  what it does; gives the fields of the answer beside {@code RequestId}, {@code Success} and {@code Code}, or
 *              throws or fails with an {@link IotException} or {@link GatewayException}
 */
record Operation(String name, Scope scope, Function<Invocation, CompletionStage<JsonObjectBuilder>> body) {

    /** One that runs on the request's thread and may block on the database. */
    static Operation of(String name, Scope scope, Function<Invocation, JsonObjectBuilder> body) {
        return new Operation(name, scope, in -> CompletableFuture.completedStage(body.apply(in)));
    }

    /** One that waits for others and keeps no thread meanwhile. */
    static Operation later(String name, Scope scope, Function<Invocation, CompletionStage<JsonObjectBuilder>> body) {
        return new Operation(name, scope, body);
    }
}
