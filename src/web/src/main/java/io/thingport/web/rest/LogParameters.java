package io.thingport.web.rest;

import io.thingport.platform.devicelog.LogFilter;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogQuery;
import io.thingport.web.DashedName;
import io.thingport.web.problem.FieldErrors;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of the log is asked for, as a request's query has it: all that is wrong in it is found at once. */
final class LogParameters {

    static final String KIND = "One or more, with commas, of connect, disconnect, subscribe, unsubscribe, publish-up, publish-down,"
            + " rrpc, drop";
    static final String ADDRESS = "Where the client came from";
    static final String KEYWORD = "Stands in the reason, the topic, a user property or a detail";

    private static final int TEXT_MAXIMUM = 256;
    private static final Map<String, LogKind> KINDS = Arrays.stream(LogKind.values())
            .collect(Collectors.toMap(DashedName::of, Function.identity()));
    private static final Map<String, Boolean> OUTCOMES = Map.of("failure", true, "success", false);

    private final MultivaluedMap<String, String> query;
    private final FieldErrors errors = new FieldErrors();

    private LogParameters(MultivaluedMap<String, String> query) {
        this.query = query;
    }

    /**
     * @param products   that are asked for, or that the caller is confined to; empty = all
     * @param deviceName when one device is asked for
     */
    static LogFilter filter(Set<String> products, Optional<String> deviceName, MultivaluedMap<String, String> query) {
        LogParameters parameters = new LogParameters(query);
        LogFilter filter = parameters.filter(products, deviceName);
        parameters.errors.throwIfAny();
        return filter;
    }

    /** @see #filter(Set, Optional, MultivaluedMap) */
    static LogQuery query(Set<String> products, Optional<String> deviceName, MultivaluedMap<String, String> query) {
        LogParameters parameters = new LogParameters(query);
        LogQuery whole = new LogQuery(parameters.filter(products, deviceName), parameters.time("from"),
                parameters.time("to"));
        parameters.errors.throwIfAny();
        return whole;
    }

    private LogFilter filter(Set<String> products, Optional<String> deviceName) {
        return new LogFilter(products, deviceName, text("address"), kinds(), failed(), messageId(), text("keyword"));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(query.getFirst(name)).filter(value -> !value.isEmpty());
    }

    private Optional<String> text(String name) {
        Optional<String> text = value(name);
        errors.check(text.orElse("").length() <= TEXT_MAXIMUM, name, "has to be up to " + TEXT_MAXIMUM + " characters");
        return text;
    }

    private Set<LogKind> kinds() {
        Set<String> names = value("kind").map(text -> Set.copyOf(Arrays.asList(text.split(",", -1)))).orElse(Set.of());
        if (!KINDS.keySet().containsAll(names)) {
            errors.add("kind", "has to be one or more, with commas, of "
                    + KINDS.values().stream().sorted().map(DashedName::of).collect(Collectors.joining(", ")));
            return Set.of();
        }
        return names.stream().map(KINDS::get).collect(Collectors.toSet());
    }

    private Optional<Boolean> failed() {
        Optional<String> outcome = value("outcome");
        errors.check(outcome.isEmpty() || OUTCOMES.containsKey(outcome.get()), "outcome", "has to be success or failure");
        return outcome.map(OUTCOMES::get);
    }

    private OptionalLong messageId() {
        Optional<String> id = value("messageId");
        boolean number = id.isEmpty() || id.get().matches("[0-9]{1,18}|[1-8][0-9]{18}");
        errors.check(number, "messageId", "has to be the id of a message");
        return id.isPresent() && number ? OptionalLong.of(Long.parseLong(id.get())) : OptionalLong.empty();
    }

    private Optional<Instant> time(String name) {
        try {
            return value(name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            errors.add(name, "has to be a time like 2026-11-23T08:30:00Z");
            return Optional.empty();
        }
    }
}
