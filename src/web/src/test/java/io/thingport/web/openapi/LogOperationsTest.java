package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.UserProperty;
import io.thingport.platform.devicelog.LogEntry;
import io.thingport.platform.devicelog.LogFilter;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLine;
import io.thingport.platform.devicelog.LogQuery;
import io.thingport.platform.devicelog.LogReader;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogOperationsTest {

    private static final String PRODUCT = "a1Qx7Lm2Zt9";

    private final ThirtyLines reader = new ThirtyLines();
    private final Calling calling = new Calling(new LogOperations(reader, ZoneOffset.ofHours(8)));

    @Test
    void pageTellsHowMuchThereIs() {
        JsonObject log = calling.call("GetCustomerLog", "ProductKey", PRODUCT, "PageNo", "2", "PageSize", "20")
                .getJsonObject("CustomerLog");

        assertThat(log.getInt("CurrentPage")).isEqualTo(2);
        assertThat(log.getInt("PageSize")).isEqualTo(20);
        assertThat(log.getInt("TotalPage")).isEqualTo(2);
        assertThat(log.getInt("Count")).isEqualTo(30);
        assertThat(reader.offset).isEqualTo(20);
    }

    @Test
    void itemHasTheVendorsFields() {
        assertThat(calling.call("GetCustomerLog", "ProductKey", PRODUCT).getJsonObject("CustomerLog").getJsonObject("Logs")
                .getJsonArray("CustomerLogItem").get(0).toString()).isEqualTo("{\"Time\":\"2026-01-02 11:04:05\","
                + "\"UtcTime\":\"2026-01-02T03:04:05.678Z\",\"InstanceId\":\"\",\"ProductKey\":\"a1Qx7Lm2Zt9\","
                + "\"DeviceName\":\"lamp_01\",\"BizCode\":\"uplink\",\"Operation\":\"/a/b\",\"Status\":\"failure\","
                + "\"Code\":\"9236\",\"Reason\":\"no permission\",\"MessageId\":\"77\",\"TraceId\":\"77\",\"Content\":"
                + "\"{\\\"Params\\\":{\\\"topic\\\":\\\"/a/b\\\",\\\"qos\\\":1,\\\"size\\\":5,\\\"protocolMessageId\\\":3,"
                + "\\\"sourceIp\\\":\\\"10.0.0.1\\\",\\\"protocol\\\":\\\"5.0\\\",\\\"userProperty\\\":"
                + "[{\\\"Key\\\":\\\"k\\\",\\\"Value\\\":\\\"v\\\"}]},\\\"Message\\\":\\\"no permission\\\"}\"}");
    }

    @Test
    void parametersNarrowTheQuery() {
        calling.call("GetCustomerLog", "ProductKey", PRODUCT, "DeviceName", "lamp_01", "BizCode", "device", "Status", "failure",
                "StartTime", "1000", "EndTime", "2000", "TraceId", "77", "Keyword", "word");

        assertThat(reader.asked).isEqualTo(new LogQuery(new LogFilter(Set.of(PRODUCT), Optional.of("lamp_01"), Optional.empty(),
                Set.of(LogKind.CONNECT, LogKind.DISCONNECT), Optional.of(true), OptionalLong.of(77), Optional.of("word")),
                Optional.of(Instant.ofEpochMilli(1000)), Optional.of(Instant.ofEpochMilli(2000))));
    }

    @Test
    void ofWhatThereIsNoLogHereThereIsNothing() {
        JsonObject log = calling.call("GetCustomerLog", "ProductKey", PRODUCT, "BizCode", "ruleengine").getJsonObject("CustomerLog");

        assertThat(log.getInt("Count")).isZero();
        assertThat(log.getJsonObject("Logs").getJsonArray("CustomerLogItem")).isEmpty();
    }

    @Test
    void wrongParametersAreRefused() {
        calling.refused(IotError.INVALID_PAGE_PARAMS, "GetCustomerLog", "ProductKey", PRODUCT, "PageSize", "51");
        calling.refused(IotError.INVALID_PAGE_PARAMS, "GetCustomerLog", "ProductKey", PRODUCT, "PageNo", "101");
        calling.refused(IotError.INVALID_FORMATTED_PARAMETER, "GetCustomerLog", "ProductKey", PRODUCT, "Status", "good");
        calling.refused(IotError.INVALID_FORMATTED_PARAMETER, "GetCustomerLog", "ProductKey", PRODUCT, "StartTime", "now");
    }

    /** A log of thirty lines that are alike. */
    private static final class ThirtyLines extends LogReader {

        private LogQuery asked = new LogQuery(LogFilter.ALL, Optional.empty(), Optional.empty());
        private int offset;

        @Override
        public int count(LogQuery query, int most) {
            return 30;
        }

        @Override
        public List<LogLine> lines(LogQuery query, int from, int limit) {
            asked = query;
            offset = from;
            return List.of(new LogLine(1, new LogEntry(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli(),
                    LogKind.PUBLISH_UP, Optional.of(PRODUCT), Optional.of("lamp_01"), Optional.of("10.0.0.1"), 9236,
                    Optional.of("no permission"), Optional.of("/a/b"), OptionalInt.of(1), OptionalInt.of(5), OptionalLong.of(77),
                    OptionalInt.of(3), Optional.empty(), List.of(new UserProperty("k", "v")),
                    List.of(new UserProperty("protocol", "5.0")), Optional.empty())));
        }
    }
}
