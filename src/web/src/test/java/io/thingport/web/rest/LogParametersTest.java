package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.devicelog.LogFilter;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogQuery;
import io.thingport.web.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogParametersTest {

    private final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();

    @Test
    void withoutParametersEverythingIsAskedFor() {
        assertThat(query()).isEqualTo(new LogQuery(LogFilter.ALL, Optional.empty(), Optional.empty()));
    }

    @Test
    void eachParameterIsRead() {
        query.putSingle("kind", "connect,publish-up");
        query.putSingle("outcome", "failure");
        query.putSingle("address", "192.0.2.7");
        query.putSingle("messageId", "1152921504606846976");
        query.putSingle("keyword", "sign");
        query.putSingle("from", "2026-11-23T08:30:00+08:00");
        query.putSingle("to", "2026-11-23T08:30:00.5Z");

        assertThat(query()).isEqualTo(new LogQuery(new LogFilter(Set.of(), Optional.empty(), Optional.of("192.0.2.7"),
                Set.of(LogKind.CONNECT, LogKind.PUBLISH_UP), Optional.of(true), OptionalLong.of(1L << 60),
                Optional.of("sign")), Optional.of(Instant.parse("2026-11-23T00:30:00Z")),
                Optional.of(Instant.parse("2026-11-23T08:30:00.500Z"))));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        query.putSingle("kind", "connect,conect");
        query.putSingle("outcome", "bad");
        query.putSingle("messageId", "x");
        query.putSingle("from", "yesterday");
        query.putSingle("keyword", "k".repeat(257));

        assertThatThrownBy(this::query).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.errors())
                .extracting("field").containsExactlyInAnyOrder("kind", "outcome", "messageId", "from", "keyword"));
    }

    private LogQuery query() {
        return LogParameters.query(Set.of(), Optional.empty(), query);
    }
}
