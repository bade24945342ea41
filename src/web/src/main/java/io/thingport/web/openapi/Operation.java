package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import jakarta.json.JsonObjectBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One operation of the API.
 *
 * @param name  as it stands in {@code Action}
 * @param scope what a caller needs to call it at all
 * @param body  what it does. Begun on the request's thread; gives what makes the answer, which is run on a thread that may
 *              block: the fields beside {@code RequestId}, {@code Success} and {@code Code}. Either throws, or the stage
 *              fails, with an {@link IotException} or {@link GatewayException}
 */
record Operation(String name, Scope scope, Function<Invocation, CompletionStage<Supplier<JsonObjectBuilder>>> body) {

    /** One that runs on the request's thread and may block on the database. */
    static Operation of(String name, Scope scope, Function<Invocation, JsonObjectBuilder> body) {
        return new Operation(name, scope, in -> CompletableFuture.completedStage(() -> body.apply(in)));
    }

    /** One that waits for others and keeps no thread meanwhile. */
    static Operation later(String name, Scope scope, Function<Invocation, CompletionStage<JsonObjectBuilder>> body) {
        return later(name, scope, body, Function.identity());
    }

    /**
     * One that waits for others and keeps no thread meanwhile.
     *
     * @param answer makes the answer of what the stage brings; may block
     */
    static <T> Operation later(String name, Scope scope, Function<Invocation, CompletionStage<T>> body,
            Function<T, JsonObjectBuilder> answer) {
        return new Operation(name, scope, in -> body.apply(in).thenApply(value -> () -> answer.apply(value)));
    }
}
