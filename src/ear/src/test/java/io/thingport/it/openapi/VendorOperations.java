package io.thingport.it.openapi;

import io.thingport.it.ThingportServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which operations there are. */
final class VendorOperations {

    private static final Pattern COUNTED = Pattern.compile("(?m)^thingport_vendor_api_calls_total\\{[^}]*operation=\"([^\"]+)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z0-9]+)` \\| `[a-z]+` \\| ");

    private VendorOperations() {
    }

    /** Those that the server counts the calls of, called or not. */
    static Set<String> counted(ThingportServer server) throws IOException, InterruptedException {
        return found(COUNTED, HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Those in the tables of the document. */
    static Set<String> documented() throws IOException {
        return found(DOCUMENTED, Files.readString(Path.of("../docs/vendor-api.md")));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
