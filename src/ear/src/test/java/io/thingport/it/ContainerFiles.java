package io.thingport.it;

import io.thingport.bench.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Prepares, before any test, the server into which Arquillian deploys: the product's own configuration without its
 * application, which Arquillian brings together with the tests, on free ports and with an empty database.
 */
public final class ContainerFiles implements LauncherSessionListener {

    /** Arquillian tells servers of one machine apart by their names. {@code arquillian.xml} reads the property. */
    private static final String SERVER = "inside-container-" + ProcessHandle.current().pid();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty("thingport.it.container", SERVER);
        String directory = System.getProperty("thingport.it.directory", "");
        if (!directory.isEmpty()) {
            try {
                prepare(Path.of(System.getProperty("thingport.it.liberty"), "usr/servers/thingport"),
                        Path.of(directory, "container/servers", SERVER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void prepare(Path from, Path to) throws IOException {
        Folders.delete(to.getParent());
        Files.createDirectories(to.resolve("jdbc"));
        Files.createDirectories(to.resolve("apps"));
        try (var drivers = Files.list(from.resolve("jdbc"))) {
            for (Path driver : drivers.toList()) {
                Files.copy(driver, to.resolve("jdbc").resolve(driver.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(to.resolve("server.xml"), Files.readString(from.resolve("server.xml"))
                .replaceAll("(?s)<enterpriseApplication .*</enterpriseApplication>", "")
                .replace("<featureManager>", "<featureManager><feature>localConnector-1.0</feature>"));
        Files.writeString(to.resolve("bootstrap.properties"), "thingport.http.port=" + ServerProcess.freePort()
                + "\nthingport.https.port=-1\nthingport.mqtt.host=127.0.0.1\nthingport.mqtt.port="
                + ServerProcess.freePort() + "\nthingport.amqp.port=" + ServerProcess.freePort() + "\n");
    }
}
