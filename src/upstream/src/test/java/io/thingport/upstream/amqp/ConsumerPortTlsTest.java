package io.thingport.upstream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.thingport.platform.upstream.ConsumerEvent;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port of consumers that has TLS. */
class ConsumerPortTlsTest {

    private static final int DEADLINE_MILLIS = 10_000;
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;
    private Path keyStore;
    private TestEngine engine;

    @BeforeEach
    void start() throws Exception {
        keyStore = folder.resolve("consumers.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair", "-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost").inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        engine = new TestEngine(ConsumerLimits.VENDOR, 1, Map.of(
                TransportConstants.SSL_ENABLED_PROP_NAME, true,
                TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12",
                TransportConstants.KEYSTORE_PATH_PROP_NAME, keyStore.toString(),
                TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, PASSWORD));
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
    }

    @Test
    void amqpIsSpokenWithinIt() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});

            assertThat(socket.getInputStream().readNBytes(4)).containsExactly('A', 'M', 'Q', 'P');
        }
    }

    @Test
    void httpIsNotSpokenWithinIt() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(engine.events().counted(ConsumerEvent.LOGIN)).isEqualTo(1);
    }

    @Test
    void whoSpeaksNoTlsIsClosed() throws Exception {
        try (Socket socket = new Socket("localhost", engine.port())) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            Throwable failure = catchThrowable(() -> socket.getInputStream().readAllBytes());
            assertThat(failure instanceof SocketTimeoutException).as("not closed").isFalse();
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        while (engine.events().counted(ConsumerEvent.LOGIN) == 0) { // TLS closes before it tells
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private SSLSocket connect() throws Exception {
        KeyStore trusted = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", engine.port());
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.startHandshake();
        return socket;
    }
}
