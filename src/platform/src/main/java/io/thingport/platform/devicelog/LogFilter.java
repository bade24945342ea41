package io.thingport.platform.devicelog;

import io.thingport.mqtt.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which entries somebody wants to see; each part that is given narrows it.
 *
 * @param products   of these products; empty = of all, and those of nobody
 * @param deviceName of this device of theirs
 * @param address    from there
 * @param kinds      of these kinds; empty = of all
 * @param failed     what went wrong, or what did not
 * @param messageId  of this message or call
 * @param keyword    that stands in the reason, the topic, a user property or a detail, just so
 */
public record LogFilter(Set<String> products, Optional<String> deviceName, Optional<String> address, Set<LogKind> kinds,
        Optional<Boolean> failed, OptionalLong messageId, Optional<String> keyword) {

    /** Everything. */
    public static final LogFilter ALL = new LogFilter(Set.of(), Optional.empty(), Optional.empty(), Set.of(),
            Optional.empty(), OptionalLong.empty(), Optional.empty());

    public LogFilter {
        products = Set.copyOf(products);
        kinds = Set.copyOf(kinds);
    }

    /** Whether an entry is wanted. */
    boolean matches(LogEntry entry) {
        return (products.isEmpty() || entry.productKey().filter(products::contains).isPresent())
                && (deviceName.isEmpty() || deviceName.equals(entry.deviceName()))
                && (address.isEmpty() || address.equals(entry.address()))
                && (kinds.isEmpty() || kinds.contains(entry.kind()))
                && (failed.isEmpty() || failed.get() == entry.isFailure())
                && (messageId.isEmpty() || messageId.equals(entry.messageId()))
                && (keyword.isEmpty() || tells(entry, keyword.get()));
    }

    private static boolean tells(LogEntry entry, String keyword) {
        return entry.reason().filter(text -> text.contains(keyword)).isPresent()
                || entry.topic().filter(text -> text.contains(keyword)).isPresent()
                || tells(entry.userProperties(), keyword) || tells(entry.details(), keyword);
    }

    private static boolean tells(List<UserProperty> properties, String keyword) {
        return properties.stream().anyMatch(p -> p.key().contains(keyword) || p.value().contains(keyword));
    }
}
