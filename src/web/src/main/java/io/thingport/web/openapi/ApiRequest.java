package io.thingport.web.openapi;

import java.util.Map;
import java.util.SortedMap;

/**
 * What a request asks for, and its signature, which nobody has verified yet.
 *
 * @param action     the name of an operation, or of none
 * @param parameters of query and form
 */
record ApiRequest(String action, SortedMap<String, String> parameters, RequestSignature signature) {

    private static final String VERSION = "2018-01-20";

    /** @throws GatewayException when it is malformed or lacks something */
    static ApiRequest of(HttpCall call) {
        Parameters parameters = new Parameters().add(call.query());
        if (call.header("authorization").startsWith(SignatureAcs3.SCHEME)) {
            String action = required("x-acs-action", call.header("x-acs-action"));
            checkVersion("x-acs-version", call.header("x-acs-version"));
            RequestSignature signature = new SignatureAcs3(call, parameters.all());
            return new ApiRequest(action, withForm(parameters, call), signature);
        }
        SortedMap<String, String> all = withForm(parameters, call);
        String action = required("Action", value(all, "Action"));
        checkVersion("Version", value(all, "Version"));
        return new ApiRequest(action, all, new SignatureV1(call.method(), all));
    }

    private static SortedMap<String, String> withForm(Parameters parameters, HttpCall call) {
        return call.hasForm() ? parameters.add(call.body()).all() : parameters.all();
    }

    private static String value(Map<String, String> parameters, String name) {
        return parameters.getOrDefault(name, "");
    }

    private static String required(String name, String value) {
        if (value.isEmpty()) {
            throw GatewayException.missing(name);
        }
        return value;
    }

    private static void checkVersion(String name, String version) {
        if (!required(name, version).equals(VERSION)) {
            throw new GatewayException(GatewayError.INVALID_VERSION, "Specified parameter Version is not valid.");
        }
    }

    /** @throws GatewayException when it asks for an answer in another format than JSON */
    void checkFormat() {
        String format = value(parameters, "Format");
        if (!format.isEmpty() && !format.equalsIgnoreCase("JSON")) {
            throw new GatewayException(GatewayError.INVALID_PARAMETER,
                    "Answers are given in JSON alone: ask for Format=JSON, or for none.");
        }
    }
}
