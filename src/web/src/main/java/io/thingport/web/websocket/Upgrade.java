package io.thingport.web.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** What the server's WebSocket is told of a client that may open one. */
final class Upgrade extends ServerEndpointConfig.Configurator {

    private final Handshake handshake;
    private final DeviceSocket socket;

    private Upgrade(Handshake handshake, DeviceSocket socket) {
        this.handshake = handshake;
        this.socket = socket;
    }

    static ServerEndpointConfig config(Handshake handshake, DeviceSocket socket) {
        return ServerEndpointConfig.Builder.create(DeviceSocket.class, WebSocketDoor.OWN_PATH)
                .subprotocols(Handshake.SUBPROTOCOLS)
                .configurator(new Upgrade(handshake, socket))
                .build();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(socket);
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return handshake.subprotocol().orElse("");
    }

    /** None: compression would cost memory for each connection. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public boolean checkOrigin(String origin) {
        return true; // looked at before
    }
}
