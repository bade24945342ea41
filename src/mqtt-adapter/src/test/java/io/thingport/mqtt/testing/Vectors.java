package io.thingport.mqtt.testing;

import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.testing.Vector.Ending;
import io.thingport.mqtt.testing.Vector.Group;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The packet vectors: what clients send, byte by byte, and what the server answers. They are in the resource folder
 * {@code vectors}; what its files look like says {@code definitions.txt} there.
 */
public final class Vectors {

    private static final List<String> FILES = List.of("framing.txt", "connect.txt", "connect-3.txt", "connect-5.txt",
            "publish.txt", "publish-5.txt", "puback.txt", "subscribe.txt", "subscribe-5.txt", "unsubscribe.txt",
            "ping.txt", "disconnect.txt", "server-packets.txt", "auth.txt");

    private final Notation notation = new Notation();
    private final List<Vector> vectors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    // of the vector being read
    private String name = "";
    private Group group = Group.VALID;
    private List<MqttVersion> versions = List.of();
    private String sent = "";
    private String answer = "";

    private Vectors() {
    }

    /** All of them. */
    public static List<Vector> all() {
        Vectors all = new Vectors();
        all.read("definitions.txt");
        FILES.forEach(all::read);
        return List.copyOf(all.vectors);
    }

    private void read(String file) {
        int number = 0;
        for (String line : text(file).split("\n")) {
            number++;
            try {
                read(file, line);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(file + ", line " + number + ": " + line, e);
            }
        }
        if (!name.isEmpty()) {
            throw new IllegalArgumentException(file + ": no ending for " + name);
        }
    }

    private void read(String file, String line) {
        String rest = line.length() > 1 ? line.substring(1).strip() : "";
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("$")) {
            define(line);
        } else if (line.startsWith("=")) {
            begin(file, rest);
        } else if (line.startsWith(">")) {
            sent += rest + " ";
        } else if (line.startsWith("<")) {
            answer += rest + " ";
        } else {
            end(line);
        }
    }

    private void define(String line) {
        int equals = line.indexOf('=');
        String[] words = line.substring(0, equals).strip().split("\\s+");
        for (MqttVersion version : versions(Arrays.copyOfRange(words, 1, words.length))) {
            notation.define(words[0], version, line.substring(equals + 1));
        }
    }

    private void begin(String file, String heading) {
        String[] words = heading.split("\\s+");
        name = file.replace(".txt", "") + "/" + words[0];
        group = Group.valueOf(words[1].toUpperCase(Locale.ROOT));
        versions = versions(Arrays.copyOfRange(words, 2, words.length));
        sent = "";
        answer = "";
    }

    private void end(String line) {
        String[] words = line.split("\\s+");
        Ending ending = Ending.valueOf(words[0].toUpperCase(Locale.ROOT));
        for (MqttVersion version : versions) {
            String last = words.length > 1 && version == MqttVersion.V5 ? "E0 02 " + words[1] + " 00" : "";
            vectors.add(new Vector(name, group, version, notation.bytes(sent, version),
                    notation.bytes(answer + last, version), ending));
            if (!names.add(name + version)) {
                throw new IllegalArgumentException("twice: " + name);
            }
        }
        name = "";
    }

    private static List<MqttVersion> versions(String[] words) {
        return words.length == 0 ? List.of(MqttVersion.values())
                : Arrays.stream(words).map(Vectors::version).toList();
    }

    private static MqttVersion version(String word) {
        return switch (word) {
            case "3.1" -> MqttVersion.V3_1;
            case "3.1.1" -> MqttVersion.V3_1_1;
            case "5.0" -> MqttVersion.V5;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static String text(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
