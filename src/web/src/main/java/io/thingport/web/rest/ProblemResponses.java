package io.thingport.web.rest;

import io.thingport.web.problem.ProblemCode;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Completes the OpenAPI document: the problems that an operation may answer, each with its codes, and an example of each
 * request that has a body. Stateless.
 */
public class ProblemResponses implements OASFilter {

    private static final String ROOT = "/api/v1";
    private static final String PROBLEM = "#/components/responses/Problem";
    private static final JsonObject EXAMPLES = examples();

    /** What an operation, by method and path, may answer beside what follows from its shape. */
    static final Map<String, Set<ProblemCode>> OWN = Map.ofEntries(
            Map.entry("POST /products", Set.of(ProblemCode.PRODUCT_EXISTS, ProblemCode.PRODUCT_NAME_EXISTS,
                    ProblemCode.TOO_MANY_PRODUCTS)),
            Map.entry("DELETE /products/{productKey}", Set.of(ProblemCode.PRODUCT_HAS_DEVICES)),
            Map.entry("POST /products/{productKey}/topic-classes",
                    Set.of(ProblemCode.TOPIC_CLASS_EXISTS, ProblemCode.TOO_MANY_TOPIC_CLASSES)),
            Map.entry("POST /products/{productKey}/devices", Set.of(ProblemCode.DEVICE_EXISTS)),
            Map.entry("POST /products/{productKey}/devices/{deviceName}/certificates", Set.of(
                    ProblemCode.CERTIFICATE_EXISTS, ProblemCode.TOO_MANY_CERTIFICATES, ProblemCode.NOT_BY_CERTIFICATE)),
            Map.entry("DELETE /products/{productKey}/devices/{deviceName}/connection", Set.of(ProblemCode.NOT_CONNECTED)),
            Map.entry("POST /products/{productKey}/devices/{deviceName}/messages", Set.of(ProblemCode.MESSAGE_TOO_LARGE,
                    ProblemCode.TOPIC_NOT_PERMITTED, ProblemCode.MESSAGE_DROPPED)),
            Map.entry("POST /products/{productKey}/devices/{deviceName}/rrpc",
                    Set.of(ProblemCode.MESSAGE_TOO_LARGE, ProblemCode.TOPIC_NOT_PERMITTED)),
            Map.entry("GET /products/{productKey}/devices/{deviceName}/trace", Set.of(ProblemCode.NOT_TRACED)),
            Map.entry("PUT /products/{productKey}/devices/{deviceName}/trace", Set.of(ProblemCode.TOO_MANY_TRACES)),
            Map.entry("POST /products/{productKey}/broadcasts",
                    Set.of(ProblemCode.MESSAGE_TOO_LARGE, ProblemCode.TOPIC_NOT_PERMITTED)),
            Map.entry("POST /consumer-groups",
                    Set.of(ProblemCode.CONSUMER_GROUP_NAME_EXISTS, ProblemCode.TOO_MANY_CONSUMER_GROUPS)),
            Map.entry("PATCH /consumer-groups/{groupId}",
                    Set.of(ProblemCode.CONSUMER_GROUP_NAME_EXISTS, ProblemCode.DEFAULT_CONSUMER_GROUP)),
            Map.entry("DELETE /consumer-groups/{groupId}",
                    Set.of(ProblemCode.DEFAULT_CONSUMER_GROUP, ProblemCode.LAST_GROUP_OF_SUBSCRIPTION)),
            Map.entry("POST /access-keys", Set.of(ProblemCode.TOO_MANY_ACCESS_KEYS)),
            Map.entry("PATCH /access-keys/{accessKeyId}", Set.of(ProblemCode.LAST_MANAGING_KEY)),
            Map.entry("DELETE /access-keys/{accessKeyId}", Set.of(ProblemCode.LAST_MANAGING_KEY)),
            Map.entry("POST /imports", Set.of(ProblemCode.IMPORT_RUNNING)),
            Map.entry("POST /master-key/rotations",
                    Set.of(ProblemCode.MASTER_KEY_CONFIGURED, ProblemCode.ROTATION_RUNNING)));

    /** Requests by method and path, each as a server of a user's may send it. */
    static JsonObject examples() {
        InputStream file = ProblemResponses.class.getResourceAsStream("/openapi-examples.json");
        try (JsonReader reader = Json.createReader(file)) {
            return reader.readObject();
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) ->
                item.getOperations().forEach((method, operation) -> complete(method, path, operation)));
    }

    private static void complete(PathItem.HttpMethod method, String path, Operation operation) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        Set<String> names = parameters.stream().filter(p -> p.getName() != null).map(Parameter::getName)
                .collect(Collectors.toSet());
        String key = method + " " + path.substring(path.startsWith(ROOT) ? ROOT.length() : 0);
        Set<ProblemCode> possible = codes(path, names, operation.getRequestBody() != null);
        possible.addAll(OWN.getOrDefault(key, Set.of()));
        possible.stream()
                .collect(Collectors.groupingBy(code -> Integer.toString(code.status()), TreeMap::new, Collectors.toList()))
                .forEach((status, codes) -> operation.getResponses().addAPIResponse(status, OASFactory.createAPIResponse()
                        .description(codes.stream().map(ProblemCode::code).collect(Collectors.joining(", ")))
                        .content(OASFactory.createContent().addMediaType("application/problem+json",
                                OASFactory.createMediaType().schema(OASFactory.createSchema()
                                        .ref("#/components/schemas/Problem"))))));
        operation.getResponses().addAPIResponse("default", OASFactory.createAPIResponse().ref(PROBLEM));
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null && EXAMPLES.containsKey(key)) {
            MediaType json = operation.getRequestBody().getContent().getMediaType("application/json");
            if (json != null) {
                json.setExample(plain(EXAMPLES.get(key)));
            }
        }
    }

    /** As the document's writer takes it: maps, lists, texts, numbers and truth. */
    static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                value.asJsonObject().forEach((name, field) -> fields.put(name, plain(field)));
                yield fields;
            }
            case ARRAY -> value.asJsonArray().stream().map(ProblemResponses::plain).toList();
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> ((JsonNumber) value).bigDecimalValue();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> throw new IllegalArgumentException("no example holds null");
        };
    }

    /** What follows from an operation's path, parameters and body; what else it may answer is in the default response. */
    static Set<ProblemCode> codes(String path, Set<String> parameters, boolean body) {
        Set<ProblemCode> codes = EnumSet.of(ProblemCode.UNAUTHENTICATED, ProblemCode.SCOPE_MISSING, ProblemCode.INVALID_REQUEST,
                ProblemCode.THROTTLED, ProblemCode.INTERNAL_ERROR, ProblemCode.UNAVAILABLE, ProblemCode.DATABASE_UNAVAILABLE);
        if (path.contains("{productKey}")) {
            codes.addAll(Set.of(ProblemCode.PRODUCT_NOT_FOUND, ProblemCode.PRODUCT_NOT_GRANTED));
        }
        if (path.contains("{deviceName}")) {
            codes.add(ProblemCode.DEVICE_NOT_FOUND);
        }
        if (path.contains("/topic-classes/{id}")) {
            codes.add(ProblemCode.TOPIC_CLASS_NOT_FOUND);
        }
        if (path.contains("{fingerprint}")) {
            codes.add(ProblemCode.CERTIFICATE_NOT_FOUND);
        }
        if (path.contains("{clientId}")) {
            codes.add(ProblemCode.DEVICE_TOKEN_NOT_FOUND);
        }
        if (path.contains("{groupId}")) {
            codes.add(ProblemCode.CONSUMER_GROUP_NOT_FOUND);
        }
        if (path.contains("{accessKeyId}")) {
            codes.add(ProblemCode.ACCESS_KEY_NOT_FOUND);
        }
        if (path.contains("/imports/{id}")) {
            codes.add(ProblemCode.IMPORT_NOT_FOUND);
        }
        if (path.endsWith("/subscription")) {
            codes.add(ProblemCode.SUBSCRIPTION_NOT_FOUND);
        }
        if (parameters.contains("If-Match")) {
            codes.addAll(Set.of(ProblemCode.PRECONDITION_FAILED, ProblemCode.CHANGED_MEANWHILE));
        }
        if (parameters.contains(Repetitions.HEADER)) {
            codes.addAll(Set.of(ProblemCode.IDEMPOTENCY_KEY_IN_USE, ProblemCode.IDEMPOTENCY_KEY_REUSED));
        }
        if (body) {
            codes.addAll(Set.of(ProblemCode.MALFORMED_JSON, ProblemCode.BODY_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        return codes;
    }
}
