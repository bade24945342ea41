package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the start command makes to try TLS out. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfSignedIT {

    private Path folder;

    @BeforeAll
    void make(@TempDir Path directory) throws Exception {
        folder = directory.resolve("tls");
        run();
    }

    private void run() throws Exception {
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
                "../../src/ear/src/certificate/SelfSigned.java", folder.toString()).inheritIO().start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aClientThatHasTheRootTrustsTheServer() throws Exception {
        SSLContext server = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = Files.readString(folder.resolve("password")).toCharArray();
        keys.init(KeyStore.getInstance(folder.resolve("https.p12").toFile(), password), password);
        server.init(keys.getKeyManagers(), null, null);
        SSLContext client = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", certificates("root.pem").get(0));
        trust.init(trusted);
        client.init(null, trust.getTrustManagers(), null);

        try (SSLServerSocket listener = (SSLServerSocket) server.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                    accepted.getOutputStream().write('!');
                } catch (IOException e) {
                    // the client says what is wrong
                }
            });
            answering.start();
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                assertThat(socket.getInputStream().read()).isEqualTo('!');
            }
            answering.join();
        }
    }

    @Test
    void theKeyOfPemBelongsToTheCertificate() throws Exception {
        String pem = Files.readString(folder.resolve("server-key.pem")).replaceAll("-----.*?-----|\\s", "");
        Signature signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance("SHA256withRSA");
        checking.initVerify(certificates("server.pem").get(0));
        assertThat(checking.verify(signature)).isTrue();
    }

    @Test
    void bothSayThatTheyAreForTryingOut() throws Exception {
        for (X509Certificate certificate : certificates("server.pem")) {
            assertThat(certificate.getSubjectX500Principal().getName()).contains("OU=self-signed for trying out");
        }
    }

    @Test
    void theNextStartLeavesThemAsTheyAre() throws Exception {
        String before = Files.readString(folder.resolve("server.pem"));
        run();
        assertThat(Files.readString(folder.resolve("server.pem"))).isEqualTo(before);
    }

    @Test
    void nobodyElseMayLookIntoTheFolder() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    }

    private List<X509Certificate> certificates(String file) throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast).toList();
        }
    }
}
