import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Waits for a server that is starting, makes a demo product with two devices if they are not there, and prints lines to
 * paste. The start command runs it from source, so it uses the JDK and nothing else.
 */
public class Tour {

    private static final String PRODUCT = "a1demo00001";
    private static final String TOOL_DEVICE = "lamp-01";
    private static final String CODE_DEVICE = "lamp-02";
    private static final int PATIENCE_SECONDS = 180;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final int mqttPort;
    private final Path accessKeyFile;
    private final Path root;

    private Tour(int httpPort, int mqttPort, Path accessKeyFile, Path root) {
        this.base = "http://127.0.0.1:" + httpPort;
        this.mqttPort = mqttPort;
        this.accessKeyFile = accessKeyFile;
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        Tour tour = new Tour(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]), Path.of(args[3]));
        Path log = Path.of(args[4]);
        if (!tour.ready(log)) {
            System.exit(1);
        }
        tour.ensureDemo();
        tour.print();
    }

    /** Waits until devices can connect; tells what is wrong when that does not happen. */
    private boolean ready(Path log) throws IOException, InterruptedException {
        String last = "";
        for (int second = 0; second < PATIENCE_SECONDS; second++) {
            try {
                HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + "/health/ready")));
                if (answer.statusCode() == 200) {
                    System.out.println();
                    return true;
                }
                last = answer.body();
            } catch (IOException e) {
                last = "nobody answers at " + base;
            }
            List<String> errors = errors(log);
            if (!errors.isEmpty()) {
                System.err.println();
                errors.forEach(System.err::println);
                System.err.println("The application did not start. The whole log: " + log);
                return false;
            }
            System.out.print(second == 0 ? "Waiting until devices can connect ." : ".");
            System.out.flush();
            Thread.sleep(1000);
        }
        System.err.println("\nNot ready after " + PATIENCE_SECONDS + " s: " + last + "\nThe whole log: " + log);
        return false;
    }

    /** What the log says once Liberty has given the application up: our own errors if there are any, else Liberty's. */
    private static List<String> errors(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        if (lines.stream().noneMatch(line -> line.contains("CWWKZ0002E"))) {
            return List.of();
        }
        List<String> errors = lines.stream().filter(line -> line.matches("\\[.*?\\] \\w+ \\S+ +E .*")).toList();
        List<String> ours = errors.stream().filter(line -> line.matches(".*\\] \\w+ io\\.thingport\\S+ +E .*")).toList();
        return ours.isEmpty() ? errors : ours;
    }

    private void ensureDemo() throws IOException, InterruptedException {
        String product = "/api/v1/products/" + PRODUCT;
        if (!exists(product)) {
            post("/api/v1/products", "{\"productKey\":\"" + PRODUCT + "\",\"name\":\"Demo_lamps\"}");
        }
        for (String device : List.of(TOOL_DEVICE, CODE_DEVICE)) {
            if (!exists(product + "/devices/" + device)) {
                post(product + "/devices", "{\"deviceName\":\"" + device + "\"}");
            }
        }
    }

    private void print() throws IOException, InterruptedException {
        Path top = Path.of("").toAbsolutePath();
        String own = "/" + PRODUCT + "/" + TOOL_DEVICE;
        String curl = "curl -s -w '\\n' -u \"$(cat " + quoted(accessKeyFile.toString()) + ")\" -H 'Content-Type: application/json' ";
        String devices = base + "/api/v1/products/" + PRODUCT + "/devices/";
        System.out.println("""
                ── A device, for any MQTT tool ──────────────────────────────────────────────────
                  host        127.0.0.1          port  %d          MQTT 3.1, 3.1.1 or 5.0
                  client id   %s
                  user name   %s
                  password    %s
                  keep alive  30 to 1200 s; most tools must be told, for instance 60
                  publishes   %s/user/update
                  subscribes  %s/user/get

                ── Your server watches what devices say and do; leave it running ────────────────
                %s-N %s/events

                ── It publishes (mosquitto-clients), in another terminal ────────────────────────
                mosquitto_pub %s -q 1 -d -t %s/user/update -m 'it is dark'

                ── It listens; leave it running ─────────────────────────────────────────────────
                mosquitto_sub %s -v -t %s/user/get

                ── Your server sends it a message (Pub) ─────────────────────────────────────────
                %s-d '{"topic":"user/get","qos":1,"payload":"light up"}' %s/messages

                ── A second device, written in Java, which answers; leave it running ────────────
                java -cp %s %s tcp://127.0.0.1:%d %s %s %s

                ── Your server calls it and waits for its answer (RRPC) ─────────────────────────
                %s-d '{"payload":"are you on?","timeoutMillis":5000}' %s/rrpc

                A device has one connection, whoever connects as %s next takes it over; and it connects at most five times a minute.
                What no consumer may miss it receives over AMQP 1.0, on port 5672 if no other is set: src/docs/user-guide.md
                The API with all it can do: %s/openapi/ui     Stop: src/ear/start stop
                """.formatted(mqttPort, clientId(TOOL_DEVICE, 3), userName(TOOL_DEVICE), password(TOOL_DEVICE), own, own,
                curl, base + "/api/v1/products/" + PRODUCT, tool("127.0.0.1", 3), own,
                tool("127.0.0.1", 3), own, curl, devices + TOOL_DEVICE,
                quoted(top.resolve("src/ear/target/tour/paho.jar").toString()),
                quoted(top.resolve("src/ear/src/tour/Lamp.java").toString()), mqttPort, quoted(clientId(CODE_DEVICE, 3)),
                quoted(userName(CODE_DEVICE)), password(CODE_DEVICE), curl, devices + CODE_DEVICE, TOOL_DEVICE, base));
        if (Files.exists(root)) {
            printTls(own);
        }
        System.out.println("Thingport listens: MQTT on port " + mqttPort + ", HTTP on " + base);
    }

    private void printTls(String own) throws IOException, InterruptedException {
        System.out.println("""
                ── The same over TLS, on the same port ──────────────────────────────────────────
                mosquitto_pub --cafile %s %s -q 1 -d -t %s/user/update -m 'it is dark'

                The certificate is for trying out. Devices and browsers trust it when they have its root, %s
                the vendor's C SDK 4 takes it as the text ali_ca_cert in external/ali_ca_cert.c. One of your own: src/docs/admin-guide.md
                """.formatted(quoted(root.toString()), tool("localhost", 2), own, root));
    }

    /** The options of a mosquitto tool that connects as the device. */
    private String tool(String host, int secureMode) throws IOException, InterruptedException {
        return "-h " + host + " -p " + mqttPort + " -i " + quoted(clientId(TOOL_DEVICE, secureMode)) + " -u "
                + quoted(userName(TOOL_DEVICE)) + " -P " + password(TOOL_DEVICE) + " -k 60";
    }

    /** @param secureMode 2 with TLS, 3 without */
    private static String clientId(String device, int secureMode) {
        return device + "|securemode=" + secureMode + ",signmethod=hmacsha256|";
    }

    private static String userName(String device) {
        return device + "&" + PRODUCT;
    }

    private String password(String device) throws IOException, InterruptedException {
        String secret = text("deviceSecret", get("/api/v1/products/" + PRODUCT + "/devices/" + device + "/secret"));
        String content = "clientId" + device + "deviceName" + device + "productKey" + PRODUCT;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private boolean exists(String path) throws IOException, InterruptedException {
        int status = send(request(path)).statusCode();
        if (status != 200 && status != 404) {
            throw new IOException(path + " was answered with " + status);
        }
        return status == 200;
    }

    private String get(String path) throws IOException, InterruptedException {
        return ok(request(path));
    }

    private void post(String path, String json) throws IOException, InterruptedException {
        ok(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String key = Files.readString(accessKeyFile).strip();
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    private String ok(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a member of a flat JSON object. */
    private static String text(String member, String json) throws IOException {
        Matcher found = Pattern.compile("\"" + member + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(json);
        if (!found.find()) {
            throw new IOException("no " + member + " in the answer");
        }
        return found.group(1);
    }
}
