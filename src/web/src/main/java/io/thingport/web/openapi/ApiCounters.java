package io.thingport.web.openapi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What the API has answered since the start. From any thread. */
@ApplicationScoped
public class ApiCounters {

    /** How a call of an operation ended. */
    public enum Outcome {
        /** With {@code Success} true. */
        SUCCESS,
        /** With {@code Success} false: the operation refuses. */
        REFUSED,
        /** As the gateway answers: for this product the caller may not call it, or it could not be run. */
        FAILED
    }

    private final Map<GatewayError, LongAdder> errors = new EnumMap<>(GatewayError.class);
    private final Map<String, Map<Outcome, LongAdder>> calls;

    /** For the container. */
    protected ApiCounters() {
        this.calls = Map.of();
    }

    @Inject
    ApiCounters(Operations operations) {
        this.calls = operations.names().stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> adders()));
        for (GatewayError error : GatewayError.values()) {
            errors.put(error, new LongAdder());
        }
    }

    private static Map<Outcome, LongAdder> adders() {
        Map<Outcome, LongAdder> adders = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            adders.put(outcome, new LongAdder());
        }
        return adders;
    }

    void called(Operation operation, Outcome outcome) {
        calls.get(operation.name()).get(outcome).increment();
    }

    void answered(GatewayError error) {
        errors.get(error).increment();
    }

    /** The names of the operations that are counted. */
    public Set<String> operations() {
        return calls.keySet();
    }

    /** Calls of an operation that ended so. */
    public long calls(String operation, Outcome outcome) {
        return calls.get(operation).get(outcome).sum();
    }

    /** The codes with which the gateway answers. */
    public Set<String> errors() {
        return errors.keySet().stream().map(GatewayError::code).collect(Collectors.toUnmodifiableSet());
    }

    /** Requests that the gateway answered with a code. */
    public long errors(String code) {
        return errors.entrySet().stream().filter(e -> e.getKey().code().equals(code)).mapToLong(e -> e.getValue().sum())
                .sum();
    }
}
