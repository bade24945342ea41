package io.thingport.vendorsdks;

import com.aliyun.iot20180120.Client;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The SDK of {@code iot20180120}, signature ACS3: takes an operation's name and its parameters and gives the fields of the
 * answer, or those of the SDK's exception.
 */
public final class TeaSdk implements BiFunction<String, Map<String, Object>, Map<String, Object>> {

    private static final String MODELS = "com.aliyun.iot20180120.models.";

    private final Client client;

    /** @param endpoint host and port of plain HTTP */
    public TeaSdk(String endpoint, String accessKeyId, String accessKeySecret) throws Exception {
        this.client = new Client(new Config().setEndpoint(endpoint).setProtocol("http").setAccessKeyId(accessKeyId)
                .setAccessKeySecret(accessKeySecret));
    }

    @Override
    public Map<String, Object> apply(String operation, Map<String, Object> parameters) {
        try {
            Optional<Class<?>> typed = Models.find(TeaSdk.class, MODELS + operation + "Request");
            return typed.isPresent() ? typed(operation, typed.get(), parameters) : untyped(operation, parameters);
        } catch (TeaException e) {
            return Failures.of(e, e.getCode(), e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // as the SDK declares it
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> typed(String operation, Class<?> type, Map<String, Object> parameters) throws Exception {
        Object request = type.getConstructor().newInstance();
        Models.fill(request, parameters);
        String method = operation.equals("RRpc") ? "rRpc" : operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
        try {
            Object answer = Client.class.getMethod(method, type).invoke(client, request);
            return Models.read(answer.getClass().getMethod("getBody").invoke(answer));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Operations that the SDK has no model of. */
    @SuppressWarnings("unchecked") // the body of a JSON object
    private Map<String, Object> untyped(String operation, Map<String, Object> parameters) throws Exception {
        Params params = new Params().setAction(operation).setVersion("2018-01-20").setProtocol("HTTP").setPathname("/")
                .setMethod("POST").setAuthType("AK").setStyle("RPC").setReqBodyType("formData").setBodyType("json");
        return (Map<String, Object>) client.callApi(params, new OpenApiRequest().setQuery(Models.flat(parameters)), new RuntimeOptions())
                .get("body");
    }
}
