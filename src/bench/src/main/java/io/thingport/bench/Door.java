package io.thingport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The ways into a server. */
enum Door {
    TCP {
        @Override
        Wire open(Ports ports, Fleet.Device device) throws IOException {
            return stream(socket(ports.mqtt()));
        }
    },
    TLS {
        @Override
        Wire open(Ports ports, Fleet.Device device) throws IOException {
            return stream(tls(ports, ports.mqtt()));
        }
    },
    PSK {
        @Override
        Wire open(Ports ports, Fleet.Device device) throws IOException {
            return PskClient.open(socket(ports.psk()), device);
        }
    },
    WS {
        @Override
        Wire open(Ports ports, Fleet.Device device) throws IOException {
            return new WebSocketWire(socket(ports.http()));
        }
    },
    WSS {
        @Override
        Wire open(Ports ports, Fleet.Device device) throws IOException {
            return new WebSocketWire(tls(ports, ports.https()));
        }
    };

    /**
     * Where they are, on the loopback address.
     *
     * @param trusting trusts the root of the server's certificate
     */
    record Ports(int mqtt, int psk, int http, int https, SSLContext trusting) {
    }

    /** A new connection for a device, with all that comes before CONNECT. */
    abstract Wire open(Ports ports, Fleet.Device device) throws IOException;

    /** A context that trusts one root, a file of PEM. */
    static SSLContext trusting(Path root) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(root)) {
            trusted.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static Socket tls(Ports ports, int port) throws IOException {
        return ports.trusting().getSocketFactory().createSocket(socket(port), "localhost", port, true);
    }

    private static Wire stream(Socket socket) throws IOException {
        return new StreamWire(socket.getInputStream(), socket.getOutputStream(), socket);
    }
}
