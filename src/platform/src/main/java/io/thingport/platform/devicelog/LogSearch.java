package io.thingport.platform.devicelog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A query on rows {@code r}, newest first. The columns that the index to be followed begins with stand in the order although
 * each has one value: else H2 sorts all that it finds.
 */
final class LogSearch {

    /** An entry may get its place a moment before or after others of its time. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final String order;

    /** @param before only rows with a lesser id */
    LogSearch(LogQuery query, long before) {
        LogFilter filter = query.filter();
        time(query, before);
        filter.messageId().ifPresent(id -> equal("messageId", id));
        if (filter.products().size() == 1) {
            equal("productKey", filter.products().iterator().next());
        } else if (!filter.products().isEmpty()) {
            condition("r.productKey in :products", "products", filter.products());
        }
        filter.deviceName().ifPresent(name -> equal("deviceName", name));
        filter.address().ifPresent(address -> equal("address", address));
        if (filter.kinds().size() == 1) {
            equal("kind", filter.kinds().iterator().next());
        } else if (!filter.kinds().isEmpty()) {
            condition("r.kind in :kinds", "kinds", filter.kinds());
        }
        filter.failed().ifPresent(failed -> equal("failed", failed));
        filter.keyword().ifPresent(word -> condition("(locate(:word, r.reason) > 0 or locate(:word, r.topic) > 0"
                + " or locate(:word, r.userProperties) > 0 or locate(:word, r.details) > 0)", "word", word));
        order = indexed(filter).stream().map(column -> "r." + column + " desc, ").collect(Collectors.joining());
    }

    /** Where and in which order. */
    String text() {
        return "where " + String.join(" and ", conditions) + " order by " + order + "r.id desc";
    }

    /** Of the parameters. */
    Map<String, Object> values() {
        return values;
    }

    private void time(LogQuery query, long before) {
        OptionalLong end = query.to().map(to -> OptionalLong.of(LogLine.idAt(to.plus(SLACK).toEpochMilli())))
                .orElse(OptionalLong.empty());
        condition("r.id < :before", "before", Math.min(before, end.orElse(before)));
        query.from().ifPresent(from -> {
            condition("r.id >= :first", "first", LogLine.idAt(from.minus(SLACK).toEpochMilli()));
            condition("r.at >= :from", "from", from.toEpochMilli());
        });
        query.to().ifPresent(to -> condition("r.at < :to", "to", to.toEpochMilli()));
    }

    private void equal(String column, Object value) {
        condition("r." + column + " = :" + column, column, value);
    }

    private void condition(String text, String parameter, Object value) {
        conditions.add(text);
        values.put(parameter, value);
    }

    private static List<String> indexed(LogFilter filter) {
        boolean oneProduct = filter.products().size() == 1;
        if (filter.messageId().isPresent()) {
            return List.of("messageId");
        } else if (oneProduct && filter.deviceName().isPresent()) {
            return List.of("productKey", "deviceName");
        } else if (filter.address().isPresent()) {
            return List.of("address");
        } else if (oneProduct) {
            return List.of("productKey");
        } else if (filter.kinds().size() == 1) {
            return List.of("kind");
        }
        return filter.failed().isPresent() ? List.of("failed") : List.of();
    }
}
