package io.thingport.web.websocket;

import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.Peer;
import io.thingport.platform.config.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * Where clients open a WebSocket: on {@code /mqtt}, and on {@code /}, which other requests pass. A filter and no endpoint of
 * the server's, so that who may not open one is told so by HTTP.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class WebSocketDoor extends HttpFilter {

    private static final long serialVersionUID = 1;
    static final String OWN_PATH = "/mqtt";

    @Inject
    private transient MqttServer server;

    @Inject
    private transient Settings settings;

    @Inject
    private transient Refusals refusals;

    @Resource
    private transient ManagedExecutorService threads;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
        if (path.equals(OWN_PATH) && !Handshake.isIn(request)) {
            response.setHeader("Upgrade", "websocket");
            answer(response, 426, "MQTT over WebSocket is spoken here: connect to ws:// or wss:// with a client of MQTT");
        } else if (path.equals(OWN_PATH) || path.equals("/") && Handshake.isIn(request)) {
            open(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Handshake handshake = Handshake.of(request);
        Optional<Refusal> refusal = handshake.refusal(settings.webSocket().origins())
                .or(() -> server.status().listening() && !DeviceSocket.crowded() ? Optional.empty() : Optional.of(Refusal.NOT_NOW));
        if (refusal.isPresent()) {
            refusals.add(refusal.get(), request.getRemoteAddr(), handshake.toString());
            response.setHeader("Sec-WebSocket-Version", "13");
            answer(response, refusal.get().status(), refusal.get().text());
            return;
        }
        DeviceSocket socket = new DeviceSocket(server, peer(request), settings.mqtt(), threads);
        ServerContainer container = (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        try {
            container.upgradeHttpToWebSocket(new WithoutSession(request), response,
                    Upgrade.config(handshake, socket), Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    /** As the server sees it, which follows the header of a proxy where it is told to. */
    private static Peer peer(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        try { // nothing but an address: no name is looked up
            InetAddress address = InetAddress.getByName(text.matches("[0-9a-fA-F:.%]+") ? text : "0.0.0.0");
            return new Peer(new InetSocketAddress(address, Math.max(0, request.getRemotePort())), request.isSecure());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + text, e);
        }
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().println(text);
    }

    /** The server would make a session for each client otherwise. */
    private static final class WithoutSession extends HttpServletRequestWrapper {

        WithoutSession(HttpServletRequest request) {
            super(request);
        }

        @Override
        public HttpSession getSession() {
            return null; // the interface's word for "none" where none is to be made
        }

        @Override
        public HttpSession getSession(boolean create) {
            return null;
        }
    }
}
