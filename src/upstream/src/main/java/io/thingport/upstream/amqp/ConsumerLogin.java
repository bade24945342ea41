package io.thingport.upstream.amqp;

import io.thingport.platform.access.SignMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user name of a consumer: {@code clientId|key=value,key=value,…|}, its pairs in any order. Keys that nobody knows are
 * ignored, an empty {@code iotInstanceId} is none.
 *
 * @param clientId    what the consumer calls itself; 1 to 64 characters
 * @param accessKeyId {@code authId}
 * @param method      {@code signMethod}, in whatever case
 * @param timestamp   {@code timestamp} letter by letter; it is signed, but not compared with any clock, for clients send
 *                    constants
 * @param group       {@code consumerGroupId}
 */
record ConsumerLogin(String clientId, String accessKeyId, SignMethod method, String timestamp, String group) {

    private static final int CLIENT_ID_MAXIMUM = 64;
    private static final int USER_NAME_MAXIMUM = 4096;
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws LoginException when the text breaks the grammar or asks for what there is not; says which */
    static ConsumerLogin parse(String userName) throws LoginException {
        int first = userName.indexOf('|');
        int last = userName.length() - 1;
        if (userName.length() > USER_NAME_MAXIMUM || first < 0 || first == last || userName.charAt(last) != '|') {
            throw new LoginException("the user name is not of the form clientId|key=value,…|");
        }
        String clientId = userName.substring(0, first);
        if (clientId.isEmpty() || clientId.length() > CLIENT_ID_MAXIMUM) {
            throw new LoginException("the client id before the first | has to have 1 to 64 characters");
        }
        Map<String, String> pairs = pairs(userName.substring(first + 1, last));
        String mode = required(pairs, "authMode");
        if (!mode.equalsIgnoreCase("aksign")) {
            throw new LoginException("authMode has to be aksign, " + mode + " is not supported");
        }
        Optional<SignMethod> method = SignMethod.of(required(pairs, "signMethod"));
        if (method.isEmpty()) {
            throw new LoginException("signMethod has to be hmacmd5, hmacsha1 or hmacsha256");
        }
        String group = required(pairs, "consumerGroupId");
        if (!GROUP.matcher(group).matches()) {
            throw new LoginException("consumerGroupId is no id of a group");
        }
        return new ConsumerLogin(clientId, required(pairs, "authId"), method.get(), required(pairs, "timestamp"), group);
    }

    /** What is signed: the signed keys in alphabetical order. */
    String signedText() {
        return "authId=" + accessKeyId + "&timestamp=" + timestamp;
    }

    private static Map<String, String> pairs(String list) throws LoginException {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : list.split(",")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new LoginException("the user name is not of the form clientId|key=value,…|");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return pairs;
    }

    private static String required(Map<String, String> pairs, String key) throws LoginException {
        String value = pairs.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new LoginException("the user name lacks " + key);
        }
        return value;
    }
}
