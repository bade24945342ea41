package io.thingport.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

    private static final Executor NOW = Runnable::run;

    private boolean valid = true;
    private boolean absent;
    private boolean closed;

    private final DataSource database = fake(DataSource.class, (method) -> {
        if (absent) {
            throw new SQLException("absent");
        }
        return fake(Connection.class, m -> switch (m) {
            case "isValid" -> valid;
            case "close" -> {
                closed = true;
                yield null;
            }
            default -> throw new UnsupportedOperationException(m);
        });
    });

    private interface Answer {
        Object to(String method) throws SQLException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName())));
    }

    @Test
    void aValidConnectionIsAnAnswerAndGivenBack() {
        assertThat(new DatabaseProbe(database, NOW).answers(1000)).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void aBrokenConnectionIsNone() {
        valid = false;
        assertThat(new DatabaseProbe(database, NOW).answers(1000)).isFalse();
    }

    @Test
    void noConnectionIsNone() {
        absent = true;
        assertThat(new DatabaseProbe(database, NOW).answers(1000)).isFalse();
    }

    @Test
    void aFullExecutorIsNone() {
        Executor full = task -> {
            throw new RejectedExecutionException();
        };
        assertThat(new DatabaseProbe(database, full).answers(1000)).isFalse();
    }

    @Test
    void asksOnceWhileAnAnswerIsMissing() {
        Queue<Runnable> executor = new ArrayDeque<>();
        DatabaseProbe probe = new DatabaseProbe(database, executor::add);
        assertThat(probe.answers(1)).isFalse();
        assertThat(probe.answers(1)).isFalse();
        assertThat(executor).hasSize(1);
    }

    @Test
    void asksAgainAfterAnAnswer() {
        DatabaseProbe probe = new DatabaseProbe(database, NOW);
        absent = true;
        probe.answers(1000);
        absent = false;
        assertThat(probe.answers(1000)).isTrue();
    }
}
