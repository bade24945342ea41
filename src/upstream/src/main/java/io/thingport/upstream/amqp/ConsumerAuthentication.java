package io.thingport.upstream.amqp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.upstream.ConsumerEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Finds out who a consumer is. An answer of the access keys counts for some seconds, so that a hundred connects with one
 * login ask once; of those that have to ask only so many may be under way. For any thread.
 */
final class ConsumerAuthentication {

    private static final System.Logger LOGGER = System.getLogger(ConsumerAuthentication.class.getName());
    private static final int REMEMBERED_MAXIMUM = 1_000;
    private static final int UNDER_WAY_MAXIMUM = 64;
    private static final int WAITING_MAXIMUM = 2; // fewer than the threads that wait
    private static final String TOO_MANY = "too many logins at once";

    private final KeyCheck keys;
    private final Executor executor;
    private final ConsumerLog log;
    private final Cache<Proof, Optional<Caller>> answers;
    private final Semaphore underWay = new Semaphore(UNDER_WAY_MAXIMUM);
    private final Semaphore waiting = new Semaphore(WAITING_MAXIMUM);

    /**
     * @param executor runs what may block
     * @param remember how long an answer counts
     * @param nanos    the clock, from whatever beginning
     */
    ConsumerAuthentication(KeyCheck keys, Executor executor, ConsumerLog log, Duration remember, Ticker nanos) {
        this.keys = keys;
        this.executor = executor;
        this.log = log;
        this.answers = Caffeine.newBuilder().maximumSize(REMEMBERED_MAXIMUM).expireAfterWrite(remember)
                .executor(Runnable::run).ticker(nanos).build();
    }

    /**
     * Who proves with this password to be this user; empty when nobody, which is logged and has one answer whatever the
     * reason. May block, though not many callers at once: beyond them who has to be asked for is nobody.
     *
     * @param address of the consumer, for the log
     */
    Optional<ConsumerIdentity> authenticate(String userName, String password, String address) {
        if (isRemembered(userName, password)) {
            return find(userName, password, address);
        }
        if (!waiting.tryAcquire()) {
            log.say(ConsumerEvent.LOGIN, address, TOO_MANY);
            return Optional.empty();
        }
        try {
            return find(userName, password, address);
        } finally {
            waiting.release();
        }
    }

    private boolean isRemembered(String userName, String password) {
        try {
            return answers.getIfPresent(new Proof(ConsumerLogin.parse(userName), password)) != null;
        } catch (LoginException e) {
            return true; // nobody has to be asked
        }
    }

    private Optional<ConsumerIdentity> find(String userName, String password, String address) {
        try {
            return Optional.of(prove(userName, password));
        } catch (LoginException e) {
            log.say(ConsumerEvent.LOGIN, address, e.getMessage());
        } catch (RuntimeException e) {
            log.say(ConsumerEvent.LOGIN, address, "cannot be checked now: " + e);
        }
        return Optional.empty();
    }

    /**
     * As {@link #authenticate(String, String, String)}, on a thread that may block, of which there are more.
     *
     * @param then receives the answer, on that thread or this
     */
    void authenticate(String userName, String password, String address, Consumer<Optional<ConsumerIdentity>> then) {
        if (!execute(() -> then.accept(find(userName, password, address)))) {
            log.say(ConsumerEvent.LOGIN, address, TOO_MANY);
            then.accept(Optional.empty());
        }
    }

    /**
     * Asks whether a login that was good still is, on a thread that may block, unless there is too much to do.
     *
     * @param withdrawn receives the reason when it is not; not called when nobody knows
     */
    void recheck(String userName, String password, Consumer<String> withdrawn) {
        execute(() -> {
            try {
                prove(userName, password);
            } catch (LoginException e) {
                withdrawn.accept(e.getMessage());
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "cannot be checked now", e);
            }
        });
    }

    private boolean execute(Runnable task) {
        if (!underWay.tryAcquire()) {
            return false;
        }
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    underWay.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            underWay.release();
            return false;
        }
    }

    private ConsumerIdentity prove(String userName, String password) throws LoginException {
        ConsumerLogin login = ConsumerLogin.parse(userName);
        Caller caller = answers.get(new Proof(login, password),
                p -> keys.check(login.accessKeyId(), login.method(), login.signedText(), password))
                .orElseThrow(() -> new LoginException("the access key " + login.accessKeyId()
                        + " is unknown, or the signature is not its own"));
        if (!caller.may(Scope.CONSUME)) {
            throw new LoginException("the access key " + login.accessKeyId() + " lacks the scope consume");
        }
        if (!caller.mayEverywhere(Scope.CONSUME)) { // a group gathers messages of any product
            throw new LoginException("the access key " + login.accessKeyId() + " is confined to products");
        }
        return new ConsumerIdentity(userName, login.clientId(), login.accessKeyId(), login.group());
    }

    /** Prints no signature. */
    private record Proof(ConsumerLogin login, String signature) {
        @Override
        public String toString() {
            return "Proof[" + login + "]";
        }
    }
}
