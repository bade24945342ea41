package io.thingport.it.websocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** MQTT.js, as npm has it. It is fetched once and stays below the build's directory. */
final class MqttJs {

    private static final String VERSION = "5.16.0";

    private MqttJs() {
    }

    /** The folder of the package. */
    static Path folder() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("thingport.it.liberty")).resolve("../../mqtt-js-" + VERSION).toAbsolutePath().normalize();
        Path folder = home.resolve("node_modules/mqtt");
        if (!Files.exists(folder.resolve("dist/mqtt.min.js"))) {
            Files.createDirectories(home);
            Commands.run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", home.toString(),
                    "mqtt@" + VERSION);
        }
        return folder;
    }
}
