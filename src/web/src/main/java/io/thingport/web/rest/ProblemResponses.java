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
        codes(path, names, operation.getRequestBody() != null).stream()
                .collect(Collectors.groupingBy(code -> Integer.toString(code.status()), TreeMap::new, Collectors.toList()))
                .forEach((status, codes) -> operation.getResponses().addAPIResponse(status, OASFactory.createAPIResponse()
                        .description(codes.stream().map(ProblemCode::code).collect(Collectors.joining(", ")))
                        .content(OASFactory.createContent().addMediaType("application/problem+json",
                                OASFactory.createMediaType().schema(OASFactory.createSchema()
                                        .ref("#/components/schemas/Problem"))))));
        operation.getResponses().addAPIResponse("default", OASFactory.createAPIResponse().ref(PROBLEM));
        String key = method + " " + path.substring(path.startsWith(ROOT) ? ROOT.length() : 0);
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
                ProblemCode.INTERNAL_ERROR, ProblemCode.UNAVAILABLE, ProblemCode.DATABASE_UNAVAILABLE);
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
            codes.addAll(Set.of(ProblemCode.IDEMPOTENCY_KEY_IN_USE, ProblemCode.IDEMPOTENCY_KEY_REUSED, ProblemCode.THROTTLED));
        }
        if (body) {
            codes.addAll(Set.of(ProblemCode.MALFORMED_JSON, ProblemCode.BODY_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        return codes;
    }
}
