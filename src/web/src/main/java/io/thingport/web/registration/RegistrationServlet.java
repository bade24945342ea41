package io.thingport.web.registration;

import io.thingport.mqtt.Origin;
import io.thingport.mqtt.RefusalLog;
import io.thingport.platform.access.RegistrationRequest;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Gives a device that was registered beforehand its secret: {@code POST /auth/register/device} with a form, of which SDKs
 * of the Aliyun IoT Platform make use. Over HTTPS alone, or through a proxy of which the server knows that it takes it off.
 */
@WebServlet("/auth/register/device")
public class RegistrationServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(RegistrationServlet.class.getName());
    private static final int BODY_MAXIMUM = 4_096;

    @Inject
    private transient Registrar registrar;
    @Inject
    private transient Clock clock;
    private transient RefusalLog<Refused> refusals; // under its own lock

    @Override
    public void init() {
        refusals = new RefusalLog<>(LOG, "Registration refused", Refused.class, clock::millis);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RegistrationAnswer answer = answer(request);
        byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private RegistrationAnswer answer(HttpServletRequest request) throws IOException {
        if (!request.isSecure()) {
            return RegistrationAnswer.NOT_ENCRYPTED;
        }
        byte[] body = request.getInputStream().readNBytes(BODY_MAXIMUM + 1);
        if (body.length > BODY_MAXIMUM) {
            return RegistrationAnswer.TOO_LARGE;
        }
        RegistrationForm form = new RegistrationForm(new String(body, StandardCharsets.UTF_8));
        if (!form.isComplete()) {
            return RegistrationAnswer.INCOMPLETE;
        }
        Optional<RegistrationRequest> wanted = form.request();
        return wanted.isEmpty() ? RegistrationAnswer.UNKNOWN_METHOD
                : RegistrationAnswer.of(register(wanted.get(), new InetSocketAddress(request.getRemoteAddr(), 0)));
    }

    private RegistrationResult register(RegistrationRequest wanted, InetSocketAddress from) {
        RegistrationResult result = registrar.register(wanted, Origin.of(from));
        if (result instanceof Refused refused) {
            synchronized (refusals) {
                refusals.say(refused, from, wanted.device() + " over HTTPS");
            }
        }
        return result;
    }
}
