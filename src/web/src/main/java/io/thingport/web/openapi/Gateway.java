package io.thingport.web.openapi;

import io.thingport.mqtt.RefusalLog;
import io.thingport.platform.accesskey.CallRates;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.KnownKeys;
import io.thingport.platform.audit.Actor;
import io.thingport.platform.audit.Door;
import io.thingport.platform.audit.Refusals;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.start.StartProgress;
import io.thingport.web.ShortWait;
import io.thingport.web.openapi.ApiCounters.Outcome;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.UnexpectedExceptionMapper;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Takes requests of the API at the root, finds out who calls, runs the operation and answers. A request that needs a device
 * waits a moment, then gives its thread back meanwhile.
 */
@WebServlet(urlPatterns = "", asyncSupported = true)
public class Gateway extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final int KIB = 1024;
    /** For the longest lists of names. */
    private static final int BODY_LEAST = 1024 * KIB;
    /** Base64 takes four bytes for three, and each may be percent-encoded. */
    private static final int BODY_FACTOR = 4;
    /** About 60 MB of memory at most; half of it is some 16,000 calls a second of one key. */
    private static final int NONCES_MAXIMUM = 2_000_000;

    private static final ShortWait FIRST = new ShortWait(32, Duration.ofMillis(10));

    @Inject
    private transient StartProgress progress;
    @Inject
    private transient KnownKeys keys;
    @Inject
    private transient CallRates callRates;
    @Inject
    private transient Operations operations;
    @Inject
    private transient ApiCounters counters;
    @Inject
    private transient Refusals forbidden;
    @Inject
    private transient Settings settings;
    @Inject
    private transient Clock clock;
    @Resource(lookup = "concurrent/thingport")
    private transient ManagedExecutorService executor;

    private transient Gatekeeper gatekeeper;
    private transient LaterAnswers later;
    private transient DocumentedRates rates;
    private transient RefusalLog<GatewayError> refusals; // under its own lock
    private int bodyMaximum;

    @Override
    public void init() {
        gatekeeper = new Gatekeeper(keys, new NonceMemory(Gatekeeper.WINDOW, NONCES_MAXIMUM), clock);
        later = new LaterAnswers(executor);
        rates = new DocumentedRates(settings.vendorApiRates(), System::nanoTime);
        refusals = new RefusalLog<>(LOG, "API call refused", GatewayError.class, clock::millis);
        bodyMaximum = Math.max(BODY_LEAST, BODY_FACTOR * settings.mqtt().packetMaximum()) + 64 * KIB;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            serve(request, response);
        } finally {
            Actor.leave();
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = requestId();
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        Answer answer;
        try {
            Optional<Answer> now = run(admit(request), requestId, host, request);
            if (now.isEmpty()) {
                return;
            }
            answer = now.get();
        } catch (GatewayException e) {
            answer = refused(requestId, host, e, request.getRemoteAddr());
        } catch (RuntimeException e) {
            answer = refused(requestId, host, unexpected(e, requestId), request.getRemoteAddr());
        }
        answer.writeTo(response);
    }

    /** @return the answer; empty when it is given later */
    private Optional<Answer> run(Invocation invocation, String requestId, String host, HttpServletRequest request) {
        later.takePlace();
        boolean waits = false;
        try {
            Responder responder = new Responder(requestId, host, invocation);
            CompletableFuture<Supplier<JsonObjectBuilder>> outcome = begin(invocation);
            if (FIRST.isDone(outcome)) {
                return Optional.of(responder.answer(outcome));
            }
            later.answer(request, outcome, responder::answer, () -> responder.failed(lost()));
            waits = true;
            return Optional.empty();
        } finally {
            if (!waits) {
                later.leavePlace();
            }
        }
    }

    /** @throws GatewayException when the request is not to be run */
    private Invocation admit(HttpServletRequest request) throws IOException {
        String method = request.getMethod();
        if (!method.equals("POST") && !method.equals("GET")) {
            throw new GatewayException(GatewayError.UNSUPPORTED_METHOD, "GET and POST are served.");
        }
        if (progress.obstacle().isPresent()) {
            throw new GatewayException(GatewayError.SERVICE_UNAVAILABLE, "The server has not started yet.");
        }
        ApiRequest asked = ApiRequest.of(call(request));
        Caller caller = gatekeeper.admit(asked.signature());
        if (!callRates.take(caller).map(CallRates.Use::passes).orElse(true)) {
            throw new GatewayException(GatewayError.THROTTLING, "The access key calls more often than it may.");
        }
        new Actor(caller.accessKeyId(), request.getRemoteAddr(), Door.VENDOR_API).enter();
        asked.checkFormat();
        Operation operation = operations.find(asked.action()).orElseThrow(() -> new GatewayException(
                GatewayError.INVALID_ACTION, "Specified api is not found: there is no operation " + asked.action() + "."));
        if (!caller.may(operation.scope())) {
            forbidden.enter(Actor.current(), operation.name(), Subject.NONE);
            throw new GatewayException(GatewayError.FORBIDDEN, "The access key may not call " + operation.name() + ".");
        }
        rates.take(operation);
        return new Invocation(operation, caller, asked.parameters());
    }

    private HttpCall call(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(bodyMaximum + 1);
        if (body.length > bodyMaximum) {
            throw new GatewayException(GatewayError.INVALID_PARAMETER, "The body is larger than " + bodyMaximum + " bytes.");
        }
        byte[] query = Optional.ofNullable(request.getQueryString()).orElse("").getBytes(StandardCharsets.ISO_8859_1);
        return new HttpCall(request.getMethod(), query, name -> header(request, name), body);
    }

    private static String header(HttpServletRequest request, String name) {
        return String.join(",", Collections.list(request.getHeaders(name)));
    }

    private static CompletableFuture<Supplier<JsonObjectBuilder>> begin(Invocation invocation) {
        try {
            if (invocation.text("IotInstanceId").isPresent()) { // there is the default one alone, which has no id
                throw new IotException(IotError.IOT_INSTANCE_NOT_FOUND, "there is no such instance; leave IotInstanceId away");
            }
            return invocation.operation().body().apply(invocation).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Makes the answer of one call of an operation, and counts it. */
    private final class Responder {

        private final String requestId;
        private final String host;
        private final Operation operation;
        private final Subject subject;
        private final Actor actor = Actor.current();

        Responder(String requestId, String host, Invocation invocation) {
            this.requestId = requestId;
            this.host = host;
            this.operation = invocation.operation();
            this.subject = invocation.text("ProductKey").map(Subject::product).orElse(Subject.NONE);
        }

        /** @param outcome is done */
        Answer answer(CompletableFuture<Supplier<JsonObjectBuilder>> outcome) {
            try {
                Answer answer = Answer.success(requestId, outcome.join().get().build());
                counters.called(operation, Outcome.SUCCESS);
                return answer;
            } catch (RuntimeException e) {
                return failed(e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e);
            }
        }

        Answer failed(RuntimeException e) {
            if (e instanceof RegistryException registry) {
                return refused(RegistryErrors.of(registry));
            }
            if (e instanceof IotException refusal) {
                return refused(refusal);
            }
            counters.called(operation, Outcome.FAILED);
            if (e instanceof GatewayException gateway && gateway.error() == GatewayError.FORBIDDEN) {
                forbidden.enter(actor, operation.name(), subject);
            }
            return Gateway.this.refused(requestId, host, unexpected(e, requestId), operation.name());
        }

        private Answer refused(IotException e) {
            counters.called(operation, Outcome.REFUSED);
            return Answer.of(requestId, e);
        }
    }

    private Answer refused(String requestId, String host, GatewayException e, String who) {
        counters.answered(e.error());
        synchronized (refusals) {
            refusals.say(e.error(), who, requestId);
        }
        return Answer.of(requestId, host, e);
    }

    private static GatewayException unexpected(RuntimeException e, String requestId) {
        if (e instanceof GatewayException refusal) {
            return refusal;
        }
        ProblemCode code = UnexpectedExceptionMapper.code(e);
        if (code == ProblemCode.INTERNAL_ERROR) {
            LOG.log(System.Logger.Level.ERROR, "API call " + requestId + " failed", e);
            return new GatewayException(GatewayError.INTERNAL_ERROR, "The server failed; its log says why.");
        }
        return new GatewayException(GatewayError.SERVICE_UNAVAILABLE, code == ProblemCode.DATABASE_UNAVAILABLE
                ? "The database does not answer." : "The server is overloaded or not ready.");
    }

    private static GatewayException lost() {
        return new GatewayException(GatewayError.SERVICE_UNAVAILABLE,
                "The server could not answer in time; the outcome is not known.");
    }

    /** Need not be secret, so it need not wait for a secure source of randomness. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
    }
}
