package io.thingport.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A key store with a certificate that nobody trusts. */
final class KeyStoreFile {

    private static final String PASSWORD = "changeit";

    private KeyStoreFile() {
    }

    /** Settings of a server with a new key store for consumers. */
    static Map<String, String> settings() {
        try {
            Path folder = Path.of(System.getProperty("thingport.it.directory")).toAbsolutePath();
            Path file = Files.createDirectories(folder).resolve("consumers.p12");
            Files.deleteIfExists(file);
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                    "-genkeypair", "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD,
                    "-keyalg", "EC", "-alias", "server", "-dname", "CN=localhost")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool makes no key store");
            }
            return Map.of("thingport.amqp.tls.key-store", file.toString(),
                    "thingport.amqp.tls.key-store-password", PASSWORD);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
