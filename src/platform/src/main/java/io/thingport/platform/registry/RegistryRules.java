package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.config.Settings;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.upstream.ProductSubscription;
import java.lang.Character.UnicodeScript;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The grammar of what callers may write into the registry. */
final class RegistryRules {

    static final int TOPIC_CLASSES_MAXIMUM = 50;
    static final int PRODUCTS_MAXIMUM = 1000;
    /** As many as the vendor lets an account have. */
    static final int CONSUMER_GROUPS_MAXIMUM = 1000;
    /** As many as the vendor lets a product have: each holds a copy of every message. */
    static final int SUBSCRIBED_GROUPS_MAXIMUM = 10;
    /** More than one at a time, for the time of a renewal, and some that are past. */
    static final int CERTIFICATES_MAXIMUM = 10;
    static final Duration GRACE_MAXIMUM = Duration.ofDays(30);

    private static final int DESCRIPTION_MAXIMUM = 100;
    private static final int PROTOCOL_TYPE_MAXIMUM = 32;
    private static final int VALIDATE_TYPE_MAXIMUM = 2;
    private static final String USER = "user/";
    private static final int SLASHES_BEFORE_SUFFIX = 3;
    /** The first levels of the platform's own topics: a product of that name could not have topics of its own. */
    private static final Set<String> RESERVED = Set.of("sys", "ext", "ota", "shadow", "broadcast", "as");
    private static final Set<UnicodeScript> CJK = EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private RegistryRules() {
    }

    static String productKey(String key) {
        if (!DeviceKey.isProductKey(key)) {
            throw new RegistryException(RegistryProblem.INVALID_PRODUCT_KEY,
                    "productKey: 1 to 32 letters and digits");
        }
        if (RESERVED.contains(key)) {
            throw new RegistryException(RegistryProblem.INVALID_PRODUCT_KEY,
                    "productKey: " + key + " begins topics of the platform");
        }
        return key;
    }

    static String productName(String name) {
        return words(name, 4, 30, RegistryProblem.INVALID_PRODUCT_NAME, "name");
    }

    static String consumerGroupName(String name) {
        return words(name, 4, 30, RegistryProblem.INVALID_CONSUMER_GROUP_NAME, "name");
    }

    static void subscription(ProductSubscription subscription) {
        if (subscription.kinds().isEmpty()) {
            throw new RegistryException(RegistryProblem.INVALID_SUBSCRIPTION, "kinds: at least one");
        }
        int groups = subscription.groups().size();
        if (groups < 1 || groups > SUBSCRIBED_GROUPS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_SUBSCRIPTION,
                    "groups: 1 to " + SUBSCRIBED_GROUPS_MAXIMUM);
        }
    }

    static Optional<String> nickname(Optional<String> nickname) {
        return nickname.map(n -> words(n, 4, 64, RegistryProblem.INVALID_NICKNAME, "nickname"));
    }

    static String deviceName(String name) {
        if (!DeviceKey.isDeviceName(name)) {
            throw new RegistryException(RegistryProblem.INVALID_DEVICE_NAME,
                    "deviceName: 4 to 32 letters, digits and - _ @ . :");
        }
        return name;
    }

    static Secret deviceSecret(Secret secret) {
        return secret(secret, RegistryProblem.INVALID_DEVICE_SECRET);
    }

    static Secret productSecret(Secret secret) {
        return secret(secret, RegistryProblem.INVALID_PRODUCT_SECRET);
    }

    static Duration grace(Duration grace) {
        if (grace.isNegative() || grace.compareTo(GRACE_MAXIMUM) > 0) {
            throw new RegistryException(RegistryProblem.INVALID_GRACE,
                    "graceSeconds: 0 to " + GRACE_MAXIMUM.toSeconds());
        }
        return grace;
    }

    static ProductRates rates(ProductRates rates) {
        rate("publishesQos0", rates.publishesQos0());
        rate("publishesQos1", rates.publishesQos1());
        rate("messages", rates.messages());
        rate("bandwidth", rates.bandwidth());
        return rates;
    }

    private static void rate(String name, OptionalInt rate) {
        if (rate.orElse(0) < 0 || rate.orElse(0) > ProductRates.MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_RATE,
                    "rates." + name + ": 0 to " + ProductRates.MAXIMUM + " in a second, 0 for no bound");
        }
    }

    /** The description; empty when its text is. */
    static Optional<String> description(Optional<String> description) {
        return description.filter(d -> !d.isEmpty()).map(d -> {
            if (d.codePointCount(0, d.length()) > DESCRIPTION_MAXIMUM
                    || d.codePoints().anyMatch(Character::isISOControl)) {
                throw new RegistryException(RegistryProblem.INVALID_DESCRIPTION,
                        "description: up to 100 characters without control characters");
            }
            return d;
        });
    }

    static ProductTraits traits(ProductTraits traits) {
        traits.protocolType().ifPresent(type -> {
            if (type.length() > PROTOCOL_TYPE_MAXIMUM || !type.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new RegistryException(RegistryProblem.INVALID_TRAITS,
                        "protocolType: up to " + PROTOCOL_TYPE_MAXIMUM + " printable characters of ASCII");
            }
        });
        traits.validateType().ifPresent(type -> {
            if (type < 0 || type > VALIDATE_TYPE_MAXIMUM) {
                throw new RegistryException(RegistryProblem.INVALID_TRAITS,
                        "validateType: 0 to " + VALIDATE_TYPE_MAXIMUM);
            }
        });
        return traits;
    }

    static int limit(int limit) {
        if (limit < 1 || limit > Page.LIMIT_MAXIMUM) {
            throw new RegistryException(RegistryProblem.INVALID_LIMIT, "limit: 1 to " + Page.LIMIT_MAXIMUM);
        }
        return limit;
    }

    /**
     * The suffix as it is kept. It begins with {@code user/}, unless a slash in front says that it does not: so it is with
     * products from the time before there was such a level.
     */
    static String suffix(String productKey, String given, Operation operation, Settings.Topics limits) {
        String suffix = given.startsWith("/") ? given.substring(1) : given.startsWith(USER) ? given : USER + given;
        String[] levels = suffix.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            boolean wildcard = levels[i].equals("+") || levels[i].equals("#") && last;
            if (wildcard && operation != Operation.SUB) {
                throw invalid("wildcards are for operation SUB only");
            }
            if (!wildcard && !isLevel(levels[i])) {
                throw invalid("each level is letters, digits and underscores, or a wildcard, '#' as the last level only");
            }
        }
        int slashes = SLASHES_BEFORE_SUFFIX + levels.length - 1;
        if (slashes > limits.depthMaximum()) {
            throw invalid("the whole topic has " + slashes + " slashes, " + limits.depthMaximum() + " are allowed");
        }
        int length = SLASHES_BEFORE_SUFFIX + productKey.length() + DeviceKey.DEVICE_NAME_MAXIMUM + suffix.length();
        if (length > limits.lengthMaximum()) {
            throw invalid("the whole topic has " + length + " bytes for the longest device name, "
                    + limits.lengthMaximum() + " are allowed");
        }
        return suffix;
    }

    private static Secret secret(Secret secret, RegistryProblem problem) {
        String text = secret.reveal();
        if (text.length() < 16 || text.length() > 64 || !text.chars().allMatch(RegistryRules::isLetterOrDigit)) {
            throw new RegistryException(problem, "secret: 16 to 64 letters and digits");
        }
        return secret;
    }

    private static boolean isLevel(String level) {
        return !level.isEmpty() && level.chars().allMatch(c -> isLetterOrDigit(c) || c == '_');
    }

    private static RegistryException invalid(String rule) {
        return new RegistryException(RegistryProblem.INVALID_TOPIC_CLASS, "suffix: " + rule);
    }

    private static String words(String text, int least, int most, RegistryProblem problem, String field) {
        int width = 0;
        boolean legal = true;
        for (int c : text.codePoints().toArray()) {
            boolean cjk = CJK.contains(UnicodeScript.of(c));
            legal &= cjk || isLetterOrDigit(c) || c == '_';
            width += cjk ? 2 : 1;
        }
        if (!legal || width < least || width > most) {
            throw new RegistryException(problem, field + ": " + least + " to " + most
                    + " letters, digits, underscores or CJK characters, which count twice");
        }
        return text;
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
