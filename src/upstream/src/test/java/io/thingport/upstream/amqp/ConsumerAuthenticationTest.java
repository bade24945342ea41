package io.thingport.upstream.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.upstream.ConsumerEvent;
import io.thingport.platform.upstream.ConsumerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsumerAuthenticationTest {

    private static final String USER = "me|authMode=aksign,signMethod=hmacmd5,timestamp=1,authId=key,consumerGroupId=g|";

    private static final long DEADLINE = 10; // seconds

    private final ConsumerEvents events = new ConsumerEvents();
    private final ConsumerLog log = new ConsumerLog(events, () -> 0);
    private final List<Runnable> tasks = new ArrayList<>();
    private Optional<Caller> answer = Optional.of(new Caller("key", Set.of(Scope.CONSUME)));
    private int asked;
    private long now;
    private final ConsumerAuthentication authentication = new ConsumerAuthentication((id, method, content, signature) -> {
        asked++;
        return answer;
    }, tasks::add, log, Duration.ofSeconds(5), () -> now);

    @Test
    void whoProvesTheKeyIsWhoTheUserNameSays() {
        assertThat(authentication.authenticate(USER, "p", "here"))
                .hasValue(new ConsumerIdentity(USER, "me", "key", "g"));
    }

    @Test
    void whoDoesNotProveTheKeyIsNobody() {
        answer = Optional.empty();

        assertThat(authentication.authenticate(USER, "p", "here")).isEmpty();
        assertThat(events.counted(ConsumerEvent.LOGIN)).isEqualTo(1);
    }

    @Test
    void aKeyWithoutTheScopeIsNobodys() {
        answer = Optional.of(new Caller("key", Set.of(Scope.MANAGE, Scope.MESSAGE)));

        assertThat(authentication.authenticate(USER, "p", "here")).isEmpty();
    }

    @Test
    void aUserNameOfAnotherFormIsNobodysAndNobodyIsAsked() {
        assertThat(authentication.authenticate("admin", "admin", "here")).isEmpty();
        assertThat(asked).isZero();
    }

    @Test
    void anAnswerCountsForSomeSeconds() {
        authentication.authenticate(USER, "p", "here");
        authentication.authenticate(USER, "p", "there");
        assertThat(asked).isEqualTo(1);

        now += Duration.ofSeconds(6).toNanos();
        authentication.authenticate(USER, "p", "here");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void anAnswerCountsForItsPasswordOnly() {
        authentication.authenticate(USER, "p", "here");
        answer = Optional.empty();

        assertThat(authentication.authenticate(USER, "q", "here")).isEmpty();
    }

    @Test
    void moreThan64AtOnceAreNotAsked() {
        List<Optional<ConsumerIdentity>> answers = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            authentication.authenticate(USER, "p", "here", answers::add);
        }
        assertThat(answers).containsExactly(Optional.empty());

        tasks.forEach(Runnable::run);
        assertThat(answers).hasSize(65);
        authentication.authenticate(USER, "p", "here", answers::add);
        assertThat(tasks).hasSize(65);
    }

    @Test
    void moreThan2ThatWaitAreNotAsked() throws Exception {
        CountDownLatch asking = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        ConsumerAuthentication slow = new ConsumerAuthentication((id, method, content, signature) -> {
            if (!signature.equals("known")) {
                asking.countDown();
                awaitQuietly(answer);
            }
            return this.answer;
        }, tasks::add, log, Duration.ofSeconds(5), () -> now);
        slow.authenticate(USER, "known", "here");
        ExecutorService waiting = Executors.newFixedThreadPool(2);
        try {
            Future<Optional<ConsumerIdentity>> first = waiting.submit(() -> slow.authenticate(USER, "1", "here"));
            Future<Optional<ConsumerIdentity>> second = waiting.submit(() -> slow.authenticate(USER, "2", "here"));
            awaitQuietly(asking);

            assertThat(slow.authenticate(USER, "3", "here")).isEmpty();
            assertThat(slow.authenticate(USER, "known", "here")).isPresent();
            answer.countDown();
            assertThat(first.get(DEADLINE, TimeUnit.SECONDS)).isPresent();
            assertThat(second.get(DEADLINE, TimeUnit.SECONDS)).isPresent();
            assertThat(slow.authenticate(USER, "3", "here")).isPresent();
        } finally {
            answer.countDown();
            waiting.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(DEADLINE, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLoginThatIsGoodNoMoreIsToldAndOneThatNobodyKnowsOfIsNot() {
        List<String> withdrawn = new ArrayList<>();
        authentication.recheck(USER, "p", withdrawn::add);
        tasks.remove(0).run();
        assertThat(withdrawn).isEmpty();

        answer = Optional.empty();
        now += Duration.ofSeconds(6).toNanos();
        authentication.recheck(USER, "p", withdrawn::add);
        tasks.remove(0).run();
        assertThat(withdrawn).hasSize(1);

        ConsumerAuthentication failing = new ConsumerAuthentication((id, method, content, signature) -> {
            throw new IllegalStateException("no database");
        }, Runnable::run, log, Duration.ofSeconds(5), () -> now);
        failing.recheck(USER, "p", withdrawn::add);
        assertThat(withdrawn).hasSize(1);
    }

    @Test
    void aKeyThatCannotBeCheckedIsNobodys() {
        ConsumerAuthentication failing = new ConsumerAuthentication((id, method, content, signature) -> {
            throw new IllegalStateException("no database");
        }, Runnable::run, log, Duration.ofSeconds(5), () -> now);
        List<Optional<ConsumerIdentity>> answers = new ArrayList<>();
        failing.authenticate(USER, "p", "here", answers::add);

        assertThat(answers).containsExactly(Optional.empty());
    }

    @Test
    void anExecutorThatIsFullRefuses() {
        ConsumerAuthentication full = new ConsumerAuthentication((id, method, content, signature) -> answer, task -> {
            throw new RejectedExecutionException();
        }, log, Duration.ofSeconds(5), () -> now);
        List<Optional<ConsumerIdentity>> answers = new ArrayList<>();
        full.authenticate(USER, "p", "here", answers::add);

        assertThat(answers).containsExactly(Optional.empty());
    }
}
