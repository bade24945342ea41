package io.thingport.vendorsdks;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The SDK of {@code aliyun-java-sdk-iot}, signature V1: takes an operation's name and its parameters and gives the fields of
 * the answer, or those of the SDK's exception.
 */
public final class CoreSdk implements BiFunction<String, Map<String, Object>, Map<String, Object>> {

    private static final String MODELS = "com.aliyuncs.iot.model.v20180120.";
    private static final Gson JSON = new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

    private final String endpoint;
    private final DefaultAcsClient client;

    /** @param endpoint host and port of plain HTTP */
    public CoreSdk(String endpoint, String accessKeyId, String accessKeySecret) {
        this.endpoint = endpoint;
        this.client = new DefaultAcsClient(DefaultProfile.getProfile("cn-shanghai", accessKeyId, accessKeySecret));
        client.setAutoRetry(false);
    }

    @Override
    public Map<String, Object> apply(String operation, Map<String, Object> parameters) {
        try {
            return Models.find(CoreSdk.class, MODELS + operation + "Request").isPresent()
                    ? typed(operation, parameters)
                    : untyped(operation, parameters);
        } catch (ClientException e) { // ServerException is one, too
            return Failures.of(e, e.getErrCode(), e.getErrMsg());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> typed(String operation, Map<String, Object> parameters)
            throws ClientException, ReflectiveOperationException {
        RpcAcsRequest<?> request = (RpcAcsRequest<?>) Class.forName(MODELS + operation + "Request").getConstructor().newInstance();
        Models.fill(request, parameters);
        request.setSysEndpoint(endpoint);
        request.setSysProtocol(ProtocolType.HTTP);
        return Models.read(client.getAcsResponse(request));
    }

    /** Operations that the SDK has no model of. */
    private Map<String, Object> untyped(String operation, Map<String, Object> parameters) throws ClientException {
        CommonRequest request = new CommonRequest();
        request.setSysDomain(endpoint);
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysMethod(MethodType.POST);
        request.setSysVersion("2018-01-20");
        request.setSysAction(operation);
        Models.flat(parameters).forEach(request::putQueryParameter);
        return JSON.fromJson(client.getCommonResponse(request).getData(), new TypeToken<Map<String, Object>>() { }.getType());
    }
}
