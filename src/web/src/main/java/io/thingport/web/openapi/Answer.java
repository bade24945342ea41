package io.thingport.web.openapi;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param status HTTP's
 * @param json   the body; not copied
 */
record Answer(int status, byte[] json) {

    private static final JsonProvider JSON = JsonProvider.provider(); // looking for it takes longer than a call
    private static final JsonBuilderFactory BUILDERS = JSON.createBuilderFactory(Map.of());
    private static final JsonGeneratorFactory GENERATORS = JSON.createGeneratorFactory(Map.of());
    private static final String RECOMMEND = "See \"The vendor's API\" in Thingport's documentation.";
    private static final int EXPECTED_LENGTH = 256;
    private static final int OK = 200;

    /** For the fields of an answer; faster than the one of {@link jakarta.json.Json}, which looks for its provider. */
    static JsonObjectBuilder fields() {
        return BUILDERS.createObjectBuilder();
    }

    /** For a list in an answer. */
    static JsonArrayBuilder list() {
        return BUILDERS.createArrayBuilder();
    }

    static JsonArrayBuilder list(Collection<String> texts) {
        JsonArrayBuilder list = list();
        texts.forEach(list::add);
        return list;
    }

    /** An operation has done what it does. */
    static Answer success(String requestId, JsonObject fields) {
        Body body = new Body(requestId);
        body.json.write("Success", true);
        fields.forEach(body.json::write);
        return body.answer(OK);
    }

    /** An operation refuses. */
    static Answer of(String requestId, IotException e) {
        Body body = new Body(requestId);
        body.json.write("Success", false).write("Code", e.error().code()).write("ErrorMessage", e.getMessage());
        e.data().ifPresent(data -> body.json.write("Data", data));
        return body.answer(OK);
    }

    /**
     * No operation was run.
     *
     * @param host as the client called it
     */
    static Answer of(String requestId, String host, GatewayException e) {
        Body body = new Body(requestId);
        body.json.write("HostId", host).write("Code", e.error().code()).write("Message", e.getMessage())
                .write("Recommend", RECOMMEND);
        return body.answer(e.error().status());
    }

    /** @throws IOException when the client is gone */
    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private static final class Body {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_LENGTH);
        private final JsonGenerator json = GENERATORS.createGenerator(bytes);

        Body(String requestId) {
            json.writeStartObject().write("RequestId", requestId);
        }

        Answer answer(int status) {
            json.writeEnd().close();
            return new Answer(status, bytes.toByteArray());
        }
    }
}
