package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import jakarta.json.JsonObject;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Calls the operations of one group, as somebody who may do everything. */
final class Calling {

    private final OperationGroup group;

    Calling(OperationGroup group) {
        this.group = group;
    }

    /** The fields of the answer; parameters are names and values in turn. */
    JsonObject call(String name, String... parameters) {
        Operation operation = group.operations().stream().filter(o -> o.name().equals(name)).findAny().orElseThrow();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return call(operation, new Caller("key", EnumSet.allOf(Scope.class)), values);
    }

    /** The fields of the answer that a caller gets. */
    JsonObject call(Operation operation, Caller caller, Map<String, String> parameters) {
        Invocation invocation = new Invocation(operation, caller, parameters);
        try {
            return operation.body().apply(invocation).toCompletableFuture().join().get().build();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Calls what has to be refused so. */
    void refused(IotError error, String name, String... parameters) {
        assertThatThrownBy(() -> call(name, parameters)).isInstanceOf(IotException.class).extracting("error").isEqualTo(error);
    }
}
