package io.thingport.web.openapi;

import io.thingport.mqtt.UserProperty;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogFilter;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLine;
import io.thingport.platform.devicelog.LogQuery;
import io.thingport.platform.devicelog.LogReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The device log as consoles of the vendor's read it. The operation is not among those that the vendor documents; its shape is
 * what its callers expect.
 */
@ApplicationScoped
public class LogOperations implements OperationGroup {

    private static final int PAGE_MAXIMUM = 50;
    private static final int PAGE_DEFAULT = 10;
    /** Entries that can be paged through, and are counted. */
    private static final int REACH = 1_000;
    private static final Map<String, Set<LogKind>> KINDS = Map.of(
            "device", EnumSet.of(LogKind.CONNECT, LogKind.DISCONNECT),
            "uplink", EnumSet.of(LogKind.PUBLISH_UP),
            "downlink", EnumSet.of(LogKind.PUBLISH_DOWN, LogKind.RRPC),
            "subscribe", EnumSet.of(LogKind.SUBSCRIBE),
            "unsubscribe", EnumSet.of(LogKind.UNSUBSCRIBE),
            "Other", EnumSet.of(LogKind.DROP));

    private final LogReader reader;
    private final ZoneId zone;

    /** For the container. */
    protected LogOperations() {
        this(new LogReader(), ZoneOffset.UTC);
    }

    @Inject
    LogOperations(LogReader reader, Settings settings) {
        this(reader, settings.upstream().timeZone());
    }

    LogOperations(LogReader reader, ZoneId zone) {
        this.reader = reader;
        this.zone = zone;
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.of("GetCustomerLog", Scope.READ, this::log));
    }

    private JsonObjectBuilder log(Invocation in) {
        int page = number(in, "PageNo", 1, REACH);
        int size = number(in, "PageSize", PAGE_DEFAULT, PAGE_MAXIMUM);
        if (page * size > REACH) {
            throw new IotException(IotError.INVALID_PAGE_PARAMS, "PageNo times PageSize is above " + REACH + ": ask for a shorter time");
        }
        String productKey = in.productKey();
        Optional<Set<LogKind>> kinds = in.text("BizCode").map(code -> KINDS.getOrDefault(code, Set.of()));
        boolean none = kinds.filter(Set::isEmpty).isPresent(); // of what there is no log here
        LogQuery query = query(in, productKey, kinds.orElse(Set.of()));
        int count = none ? 0 : reader.count(query, REACH);
        List<LogLine> lines = none ? List.of() : reader.lines(query, (page - 1) * size, size);
        JsonArrayBuilder items = Answer.list();
        lines.forEach(line -> items.add(item(line.entry())));
        return Answer.fields().add("CustomerLog", Answer.fields()
                .add("Progress", "Complete")
                .add("CurrentPage", page)
                .add("PageSize", size)
                .add("TotalPage", (count + size - 1) / size)
                .add("Count", count)
                .add("Logs", Answer.fields().add("CustomerLogItem", items)));
    }

    private static int number(Invocation in, String name, int usual, int most) {
        int number = in.integer(name, IotError.INVALID_PAGE_PARAMS).orElse(usual);
        if (number < 1 || number > most) {
            throw new IotException(IotError.INVALID_PAGE_PARAMS, name + " is not in 1 to " + most);
        }
        return number;
    }

    private static LogQuery query(Invocation in, String productKey, Set<LogKind> kinds) {
        Optional<Long> message = in.number("MessageId", IotError.INVALID_FORMATTED_PARAMETER)
                .or(() -> in.number("TraceId", IotError.INVALID_FORMATTED_PARAMETER));
        LogFilter filter = new LogFilter(Set.of(productKey), in.text("DeviceName"), Optional.empty(), kinds, failed(in),
                message.map(OptionalLong::of).orElse(OptionalLong.empty()), in.text("Keyword"));
        return new LogQuery(filter, time(in, "StartTime"), time(in, "EndTime"));
    }

    private static Optional<Boolean> failed(Invocation in) {
        return in.text("Status").filter(status -> !status.equalsIgnoreCase("all")).map(status -> switch (status) {
            case "success" -> false;
            case "failure" -> true;
            default -> throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "Status is none of all, success and failure");
        });
    }

    private static Optional<Instant> time(Invocation in, String name) {
        return in.number(name, IotError.INVALID_FORMATTED_PARAMETER).map(Instant::ofEpochMilli);
    }

    private JsonObjectBuilder item(LogEntry entry) {
        Instant time = Instant.ofEpochMilli(entry.millis());
        String message = entry.messageId().isPresent() ? Long.toString(entry.messageId().getAsLong()) : "";
        return Answer.fields()
                .add("Time", VendorTime.local(Optional.of(time), zone))
                .add("UtcTime", VendorTime.utc(time))
                .add("InstanceId", "")
                .add("ProductKey", entry.productKey().orElse(""))
                .add("DeviceName", entry.deviceName().orElse(""))
                .add("BizCode", bizCode(entry.kind()))
                .add("Operation", operation(entry))
                .add("Status", entry.isFailure() ? "failure" : "success")
                .add("Code", Integer.toString(entry.code()))
                .add("Reason", entry.reason().orElse(""))
                .add("MessageId", message)
                .add("TraceId", message) // what follows a message through the log
                .add("Content", content(entry).build().toString());
    }

    private static String bizCode(LogKind kind) {
        return KINDS.entrySet().stream().filter(each -> each.getValue().contains(kind)).findAny().orElseThrow().getKey();
    }

    /** What a device did, or the topic. */
    private static String operation(LogEntry entry) {
        return switch (entry.kind()) {
            case CONNECT -> "online";
            case DISCONNECT -> "offline";
            default -> entry.topic().orElse("");
        };
    }

    private static JsonObjectBuilder content(LogEntry entry) {
        JsonObjectBuilder params = Answer.fields();
        entry.topic().ifPresent(topic -> params.add("topic", topic));
        entry.qos().ifPresent(qos -> params.add("qos", qos));
        entry.size().ifPresent(size -> params.add("size", size));
        entry.packetId().ifPresent(id -> params.add("protocolMessageId", id));
        entry.address().ifPresent(address -> params.add("sourceIp", address));
        entry.duration().ifPresent(duration -> params.add("durationMillis", duration.toMillis()));
        entry.details().forEach(detail -> params.add(detail.key(), detail.value()));
        if (!entry.userProperties().isEmpty()) {
            params.add("userProperty", properties(entry.userProperties()));
        }
        JsonObjectBuilder content = Answer.fields().add("Params", params);
        entry.reason().ifPresent(reason -> content.add("Message", reason));
        return content;
    }

    private static JsonArrayBuilder properties(List<UserProperty> properties) {
        JsonArrayBuilder array = Answer.list();
        properties.forEach(property -> array.add(Answer.fields().add("Key", property.key()).add("Value", property.value())));
        return array;
    }
}
