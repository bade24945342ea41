package io.thingport.platform.access;

import io.thingport.platform.access.Refusal.Truth;
import io.thingport.platform.devicelog.LogCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The client identifier of a device: {@code base|key=value,key=value|}.
 *
 * <p>Real devices write it with liberties, all of them legal here: the pairs in any order and a comma after the last one,
 * keys in any case, keys nobody knows, a key twice (the last wins), values with {@code |} and spaces in them, an empty
 * base. A text without the bars, with something after the last one or with a part that is no pair is none.
 *
 * @param base          what stands before the first bar, possibly empty; the {@code clientId} of the signature
 * @param signMethod    {@code signmethod}, by default {@link SignMethod#HMAC_MD5}
 * @param timestamp     {@code timestamp} letter by letter; it is signed, but not compared with any clock
 * @param ext           {@code ext}, a bit map, by default 0
 * @param authType      {@code authType} in lower case
 * @param secureMode    {@code securemode}
 * @param random        {@code random}, which is signed where a device asks to be registered
 * @param sdk           {@code _v}, by which SDKs of the vendor say what they are
 * @param autoSubscribe whether {@code _ss} is 1: the device wants its system topics without a SUBSCRIBE
 */
public record ClientIdentifier(String base, SignMethod signMethod, Optional<String> timestamp, int ext,
        Optional<String> authType, Optional<String> secureMode, Optional<String> random, Optional<String> sdk,
        boolean autoSubscribe) {

    /** An identifier of no length, which MQTT 5 permits: it leaves everything at its default [MQTT-3.1.3-6]. */
    public static final ClientIdentifier EMPTY = plain("");

    /** Bit 0 of {@code ext}: the device can be called on custom topics. */
    public static final int EXT_CUSTOM_CALLS = 1;
    /** Bit 1 of {@code ext}: the device wants notices on {@code /ext/notify}. */
    public static final int EXT_NOTICES = 2;

    private static final int EXT_DIGITS = 9;
    private static final int NO_NUMBER = -1;

    /** One without parameters, of a device that needs none. */
    static ClientIdentifier plain(String base) {
        return new ClientIdentifier(base, SignMethod.HMAC_MD5, Optional.empty(), 0, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), false);
    }

    /** Reads a client identifier; empty when it breaks the grammar. */
    public static Optional<ClientIdentifier> parse(String text) {
        int first = text.indexOf('|');
        int last = text.length() - 1;
        if (first < 0 || first == last || text.charAt(last) != '|') {
            return Optional.empty();
        }
        Optional<SignMethod> signMethod = Optional.of(EMPTY.signMethod);
        Optional<String> timestamp = EMPTY.timestamp;
        int ext = EMPTY.ext;
        Optional<String> authType = EMPTY.authType;
        Optional<String> secureMode = EMPTY.secureMode;
        Optional<String> random = EMPTY.random;
        Optional<String> sdk = EMPTY.sdk;
        boolean autoSubscribe = EMPTY.autoSubscribe;
        int from = first + 1;
        do {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? last : comma;
            int equals = text.indexOf('=', from);
            if (equals <= from || equals >= end) {
                return Optional.empty();
            }
            String value = text.substring(equals + 1, end);
            switch (text.substring(from, equals).toLowerCase(Locale.ROOT)) {
                case "signmethod" -> signMethod = SignMethod.of(value);
                case "timestamp" -> timestamp = Optional.of(value);
                case "ext" -> ext = isNumber(value) ? Integer.parseInt(value) : NO_NUMBER;
                case "authtype" -> authType = Optional.of(value.toLowerCase(Locale.ROOT));
                case "securemode" -> secureMode = Optional.of(value);
                case "random" -> random = Optional.of(value);
                case "_v" -> sdk = Optional.of(value);
                case "_ss" -> autoSubscribe = value.equals("1");
                default -> { } // informational, or of a kind this server does not know
            }
            from = end + 1;
        } while (from < last);
        if (signMethod.isEmpty() || ext == NO_NUMBER) {
            return Optional.empty();
        }
        return Optional.of(new ClientIdentifier(text.substring(0, first), signMethod.get(), timestamp, ext, authType,
                secureMode, random, sdk, autoSubscribe));
    }

    /** What is wrong with a text that {@link #parse} does not take; repeats nothing of it. */
    static Truth problem(String text) {
        int first = text.indexOf('|');
        int last = text.length() - 1;
        String problem;
        if (first < 0) {
            problem = "has no |";
        } else if (first == last || text.charAt(last) != '|') {
            problem = "does not end with a second |";
        } else if (hasUnknownSignMethod(text.substring(first + 1, last))) {
            return new Truth(LogCode.SIGN_METHOD, "the signmethod in the client identifier is none that is known");
        } else {
            problem = "has something between its bars that is no key=value, or an ext that is no number";
        }
        return new Truth(LogCode.CONNECT_PARAMETER, "the client identifier has to be clientId|key=value,key=value|; this one, of "
                + text.length() + " characters, " + problem);
    }

    private static boolean hasUnknownSignMethod(String pairs) {
        return Arrays.stream(pairs.split(",")).map(pair -> pair.split("=", 2))
                .anyMatch(pair -> pair[0].equalsIgnoreCase("signmethod") && pair.length == 2 && SignMethod.of(pair[1]).isEmpty());
    }

    /** Whether the device asks for a secret, as one that was registered beforehand. */
    boolean asksForSecret() {
        return isAuthType("register");
    }

    /** Whether the device asks for a token. */
    boolean asksForToken() {
        return isAuthType("regnwl") && random.isPresent();
    }

    /** Whether the device proves itself with a token; the Aliyun IoT Platform names both types for it. */
    public boolean isByToken() {
        return isAuthType("connwl") || isAuthType("regnwl") && random.isEmpty();
    }

    private boolean isAuthType(String name) {
        return authType.filter(name::equals).isPresent();
    }

    private static boolean isNumber(String s) {
        return !s.isEmpty() && s.length() <= EXT_DIGITS && s.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
