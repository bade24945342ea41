package io.thingport.platform.function;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says 200 to what a device reports in the envelope that the Aliyun IoT Platform calls Alink, {@code {"id":…,"version":…,
 * "params":…,"method":…}}: firmware waits for it. The report is not looked at. The id is echoed as it was sent, be it a
 * string or a number.
 */
final class ReportFunction implements DeviceFunction {

    private static final int ID_MAXIMUM = 1024;
    private static final int METHOD_MAXIMUM = 256;
    private static final String ID = "id";
    private static final String METHOD = "method";
    private static final Set<String> NAMES = Set.of(ID, METHOD);

    private final TopLevelReader json;
    private final String usualMethod;

    /** @param usualMethod to be named when the request does not */
    ReportFunction(TopLevelReader json, String usualMethod) {
        this.json = json;
        this.usualMethod = usualMethod;
    }

    @Override
    public Optional<byte[]> reply(byte[] request) {
        return json.read(request, NAMES)
                .filter(fields -> fields.containsKey(ID) && fields.get(ID).json().length() <= ID_MAXIMUM)
                .map(fields -> reply(fields).getBytes(StandardCharsets.UTF_8));
    }

    private String reply(Map<String, JsonScalar> fields) {
        String method = Optional.ofNullable(fields.get(METHOD))
                .filter(m -> m.kind() == JsonScalar.Kind.STRING && m.json().length() <= METHOD_MAXIMUM)
                .map(JsonScalar::json)
                .orElseGet(() -> json.quoted(usualMethod));
        return "{\"code\":200,\"data\":{},\"id\":" + fields.get(ID).json() + ",\"message\":\"success\",\"method\":" + method
                + ",\"version\":\"1.0\"}";
    }
}
