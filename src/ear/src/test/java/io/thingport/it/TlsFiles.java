package io.thingport.it;

import io.thingport.mqtt.testing.Authority;
import io.thingport.mqtt.testing.Authority.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;

/** What the shared server speaks TLS with, and who issues the certificates of its devices. */
final class TlsFiles {

    /** Issued the server's certificate. */
    static final Authority ROOT = new Authority("Root");
    /** Issues those of devices. */
    static final Authority DEVICES = new Authority("Devices");
    /** In the revocation list of {@link #DEVICES}. */
    static final Identity LISTED = DEVICES.issue("listed");

    private static final Path FOLDER = Path.of(System.getProperty("thingport.it.directory"), "tls").toAbsolutePath();

    private TlsFiles() {
    }

    /** Settings of a server that speaks TLS. */
    static Map<String, String> settings() {
        try {
            Files.createDirectories(FOLDER);
            Identity server = ROOT.issue("localhost");
            file(rootFile().getFileName().toString(), "CERTIFICATE", ROOT.certificate().getEncoded());
            return Map.of(
                    "thingport.tls.certificate", file("server.pem", "CERTIFICATE", server.certificate().getEncoded()),
                    "thingport.tls.key", file("server.key", "PRIVATE KEY", server.key().getEncoded()),
                    "thingport.tls.client-authorities",
                    file("devices.pem", "CERTIFICATE", DEVICES.certificate().getEncoded()),
                    "thingport.tls.revocation-list",
                    file("devices.crl", "X509 CRL", DEVICES.revoke(LISTED.certificate()).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of {@link #ROOT}, for clients that trust it. */
    static Path rootFile() {
        return FOLDER.resolve("root.pem");
    }

    static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    private static String file(String name, String what, byte[] bytes) throws IOException {
        return Files.writeString(FOLDER.resolve(name), pem(what, bytes)).toString();
    }
}
