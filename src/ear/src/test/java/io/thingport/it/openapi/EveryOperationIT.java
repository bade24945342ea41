package io.thingport.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Received;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The vendor's SDKs call each operation there is, and read the documented fields through their typed getters, while devices
 * are connected by public clients.
 */
@ExtendWith(SharedServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("once")
class EveryOperationIT {

    private static final AtomicInteger NEXT = new AtomicInteger(1);
    private static final Map<Sdk, Set<String>> SUCCEEDED = new EnumMap<>(Sdk.class);

    private final ThingportServer server;

    EveryOperationIT(ThingportServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource
    void products(Sdk sdk) {
        SdkClient iot = client(sdk);
        String name = unused("Product");
        SdkAnswer created = iot.ok("CreateProduct", Map.of("ProductName", name, "NodeType", 0, "DataFormat", 1,
                "AliyunCommodityCode", "iothub_senior", "NetType", "CELLULAR", "Description", "said"));
        String key = created.text("ProductKey");
        assertThat(key).matches("a1[A-Za-z0-9]{9}");
        assertThat(created.record("Data").text("ProductKey")).isEqualTo(key);
        assertThat(created.record("Data").text("ProductName")).isEqualTo(name);
        assertThat(created.record("Data").text("ProductSecret")).isNotEmpty();

        SdkAnswer read = iot.ok("QueryProduct", Map.of("ProductKey", key)).record("Data");
        assertThat(read.text("ProductName")).isEqualTo(name);
        assertThat(read.text("AliyunCommodityCode")).isEqualTo("iothub_senior");
        assertThat(read.text("AuthType")).isEqualTo("secret");
        assertThat(read.text("Description")).isEqualTo("said");
        assertThat(List.of(read.number("NodeType"), read.number("DataFormat"), read.number("NetType"),
                read.number("DeviceCount"))).containsExactly(0L, 1L, 6L, 0L);
        assertThat(Instant.ofEpochMilli(read.number("GmtCreate"))).isBefore(Instant.now().plusSeconds(60));

        String renamed = unused("Renamed");
        iot.ok("UpdateProduct", Map.of("ProductKey", key, "ProductName", renamed));
        SdkAnswer list = iot.ok("QueryProductList", Map.of("CurrentPage", 1, "PageSize", 10)).record("Data");
        assertThat(List.of(list.number("CurrentPage"), list.number("PageSize"))).containsExactly(1L, 10L);
        assertThat(list.number("Total")).isPositive();
        SdkAnswer newest = list.records("List").get(0);
        assertThat(newest.text("ProductKey")).isEqualTo(key);
        assertThat(newest.text("ProductName")).isEqualTo(renamed);

        iot.ok("DeleteProduct", Map.of("ProductKey", key));
        assertThat(iot.call("QueryProduct", Map.of("ProductKey", key)).code()).isEqualTo("iot.prod.NotExistedProduct");
    }

    @ParameterizedTest
    @EnumSource
    void topicClasses(Sdk sdk) {
        SdkClient iot = client(sdk);
        String product = product(iot);
        long id = iot.ok("CreateProductTopic", Map.of("ProductKey", product, "TopicShortName", "submit", "Operation", "PUB",
                "Desc", "each minute")).number("TopicId");
        iot.ok("UpdateProductTopic", Map.of("TopicId", Long.toString(id), "TopicShortName", "report", "Operation", "ALL"));

        List<SdkAnswer> classes = iot.ok("QueryProductTopic", Map.of("ProductKey", product)).records("Data");
        assertThat(classes).extracting(each -> each.text("TopicShortName") + " " + each.text("Operation")).containsExactly(
                "/" + product + "/${deviceName}/user/update 0", "/" + product + "/${deviceName}/user/update/error 0",
                "/" + product + "/${deviceName}/user/get 1", "/" + product + "/${deviceName}/user/report 2");
        assertThat(classes.get(3).number("Id")).isEqualTo(id);
        assertThat(classes.get(3).text("Desc")).isEqualTo("each minute");

        iot.ok("DeleteProductTopic", Map.of("TopicId", Long.toString(id)));
        assertThat(iot.ok("QueryProductTopic", Map.of("ProductKey", product)).records("Data")).hasSize(3);
        assertThat(iot.call("DeleteProductTopic", Map.of("TopicId", Long.toString(id))).code())
                .isEqualTo("iot.messagebroker.TopicTemplateIsNotFound");
    }

    @ParameterizedTest
    @EnumSource
    void devices(Sdk sdk) throws Exception {
        SdkClient iot = client(sdk);
        String product = product(iot);
        SdkAnswer registered = iot.ok("RegisterDevice", Map.of("ProductKey", product, "DeviceName", "lamp-1", "Nickname", "Flur_1"))
                .record("Data");
        Device device = device(registered);
        String iotId = registered.text("IotId");
        Map<String, Object> byName = Map.of("ProductKey", product, "DeviceName", "lamp-1");
        assertThat(registered.text("Nickname")).isEqualTo("Flur_1");
        assertThat(iot.ok("GetDeviceStatus", byName).record("Data").text("Status")).isEqualTo("UNACTIVE");

        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            assertThat(iot.ok("GetDeviceStatus", Map.of("IotId", iotId)).record("Data").text("Status")).isEqualTo("ONLINE");
            SdkAnswer state = iot.ok("BatchGetDeviceState", Map.of("ProductKey", product, "DeviceName", List.of("lamp-1")))
                    .records("DeviceStatusList").get(0);
            assertThat(state.text("Status")).isEqualTo("ONLINE");
            assertThat(state.text("IotId")).isEqualTo(iotId);
            assertThat(state.text("AsAddress")).startsWith("127.0.0.1");
            assertThat(state.text("LastOnlineTime")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
            SdkAnswer detail = iot.ok("QueryDeviceDetail", byName).record("Data");
            assertThat(detail.text("Status")).isEqualTo("ONLINE");
            assertThat(detail.text("DeviceSecret")).isEqualTo(device.secret());
            assertThat(detail.text("UtcOnline")).endsWith("Z");

            iot.ok("DisableThing", byName);
            tool.ended();
        }
        SdkAnswer listed = iot.ok("QueryDevice", Map.of("ProductKey", product));
        assertThat(List.of(listed.number("Page"), listed.number("Total"))).containsExactly(1L, 1L);
        assertThat(listed.records("Data").get(0).text("DeviceStatus")).isEqualTo("DISABLE");
        iot.ok("EnableThing", byName);
        SdkAnswer info = iot.ok("QueryDeviceInfo", byName).record("Data");
        assertThat(info.text("IotId")).isEqualTo(iotId);
        assertThat(info.text("DeviceSecret")).isEqualTo(device.secret());
        iot.ok("DeleteDevice", byName);
        assertThat(iot.call("QueryDeviceInfo", byName).code()).isEqualTo("iot.device.NotExistedDevice");
    }

    @ParameterizedTest
    @EnumSource
    void devicesInBatches(Sdk sdk) {
        SdkClient iot = client(sdk);
        String product = product(iot);
        long random = iot.ok("BatchRegisterDevice", Map.of("ProductKey", product, "Count", 3)).record("Data").number("ApplyId");
        long named = iot.ok("BatchCheckDeviceNames", Map.of("ProductKey", product, "DeviceName", List.of("lamp-1", "lamp-2")))
                .record("Data").number("ApplyId");
        iot.ok("BatchRegisterDeviceWithApplyId", Map.of("ProductKey", product, "ApplyId", named));
        for (long apply : List.of(random, named)) {
            await().atMost(Deadline.DATABASE).until(() -> iot.ok("QueryBatchRegisterDeviceStatus",
                    Map.of("ProductKey", product, "ApplyId", apply)).record("Data").text("Status").equals("CREATE_SUCCESS"));
        }
        SdkAnswer page = iot.ok("QueryPageByApplyId", Map.of("ApplyId", named, "CurrentPage", 1, "PageSize", 10));
        assertThat(List.of(page.number("Total"), page.number("PageCount"))).containsExactly(2L, 1L);
        assertThat(page.records("ApplyDeviceList")).allSatisfy(each -> assertThat(each.text("DeviceSecret")).isNotEmpty())
                .extracting(each -> each.text("DeviceName")).containsExactlyInAnyOrder("lamp-1", "lamp-2");
        assertThat(iot.ok("QueryPageByApplyId", Map.of("ApplyId", random)).number("Total")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void messages(Sdk sdk) throws Exception {
        SdkClient iot = client(sdk);
        Device device = device(iot);
        String product = device.productKey();
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready(device.topic("user/get"),
                "/broadcast/" + product + "/news", device.system("rrpc/request/+"))) {
            assertThat(iot.ok("Pub", Map.of("ProductKey", product, "TopicFullName", device.topic("user/get"), "MessageContent",
                    base64("one"), "Qos", 1, "UserProp", List.of(Map.of("Key", "k 1*", "Value", "中")))).text("MessageId"))
                    .matches("[0-9]{1,19}");
            assertThat(tool.next().text()).isEqualTo("one");

            iot.ok("BatchPub", Map.of("ProductKey", product, "DeviceName", List.of(device.name()), "TopicShortName", "get",
                    "MessageContent", base64("two")));
            assertThat(tool.next().text()).isEqualTo("two");

            Map<String, Object> broadcast = Map.of("ProductKey", product, "TopicFullName", "/broadcast/" + product + "/news",
                    "MessageContent", base64("three"));
            await().atMost(Deadline.ANSWER).until(() -> iot.call("PubBroadcast", broadcast).succeeded()); // once in a second
            assertThat(tool.next().text()).isEqualTo("three");

            CompletableFuture<SdkAnswer> call = CompletableFuture.supplyAsync(() -> iot.ok("RRpc", Map.of("ProductKey", product,
                    "DeviceName", device.name(), "RequestBase64Byte", base64("four?"), "Timeout", 8000)));
            Received request = tool.next();
            assertThat(request.text()).isEqualTo("four?");
            tool.publish(request.topic().replace("/request/", "/response/"), 0, "four");
            SdkAnswer reply = call.get();
            assertThat(reply.text("RrpcCode")).isEqualTo("SUCCESS");
            assertThat(reply.text("PayloadBase64Byte")).isEqualTo(base64("four"));
            assertThat(request.topic()).endsWith("/" + reply.number("MessageId"));
        }
        assertThat(iot.ok("RRpc", Map.of("ProductKey", product, "DeviceName", device.name(), "RequestBase64Byte", base64("?"),
                "Timeout", 8000)).text("RrpcCode")).isEqualTo("OFFLINE");
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionsForDevices(Sdk sdk) throws Exception {
        SdkClient iot = client(sdk);
        Device device = device(iot);
        String topic = device.topic("user/get");
        Map<String, Object> one = Map.of("ProductKey", device.productKey(), "DeviceName", device.name(), "Topic", List.of(topic));
        Map<String, Object> query = Map.of("ProductKey", device.productKey(), "DeviceName", device.name());
        assertThat(iot.call("SubscribeTopic", one).code()).isEqualTo("iot.messagebroker.OFFLINE");

        try (Tool tool = Client.PAHO_5.tool(server, device.login()).ready()) {
            iot.ok("SubscribeTopic", one);
            assertThat(iot.ok("QueryDeviceSubTopic", query).records("TopicList")).extracting(each -> each.text("TopicName"))
                    .containsExactly(topic);
            iot.ok("Pub", Map.of("ProductKey", device.productKey(), "TopicFullName", topic, "MessageContent", base64("one")));
            assertThat(tool.next().text()).isEqualTo("one");

            assertThat(iot.ok("UnsubscribeTopic", one).record("FailureTopics").texts("topic")).isEmpty();
            assertThat(iot.ok("UnsubscribeTopic", one).record("FailureTopics").texts("topic")).containsExactly(topic);
        }
    }

    @ParameterizedTest
    @EnumSource
    void consumerGroups(Sdk sdk) throws Exception {
        SdkClient iot = client(sdk);
        Device device = device(iot);
        String product = device.productKey();
        String name = unused("Group");
        String group = iot.ok("CreateConsumerGroup", Map.of("GroupName", name)).text("GroupId");
        SdkAnswer list = iot.ok("QueryConsumerGroupList", Map.of("CurrentPage", 1, "PageSize", 10, "GroupName", name));
        assertThat(List.of(list.number("CurrentPage"), list.number("PageSize"), list.number("PageCount"), list.number("Total")))
                .containsExactly(1L, 10L, 1L, 1L);
        assertThat(list.records("Data").get(0).text("GroupId")).isEqualTo(group);

        String renamed = unused("Renamed");
        iot.ok("UpdateConsumerGroup", Map.of("GroupId", group, "NewGroupName", renamed));
        SdkAnswer read = iot.ok("QueryConsumerGroupByGroupId", Map.of("GroupId", group)).record("Data");
        assertThat(read.text("GroupName")).isEqualTo(renamed);
        assertThat(read.text("CreateTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

        iot.ok("CreateSubscribeRelation", Map.of("ProductKey", product, "Type", "AMQP", "ConsumerGroupIds", List.of(group),
                "DeviceDataFlag", true));
        try (Tool tool = Client.PAHO_311.tool(server, device.login()).ready()) {
            tool.publish(device.topic("user/update"), 1, "up");
        }
        assertThat(iot.ok("QueryConsumerGroupStatus", Map.of("GroupId", group)).number("AccumulationCount")).isEqualTo(1);
        iot.ok("ResetConsumerGroupPosition", Map.of("GroupId", group));
        SdkAnswer status = iot.ok("QueryConsumerGroupStatus", Map.of("GroupId", group));
        assertThat(status.number("AccumulationCount")).isZero();
        assertThat(status.records("ClientConnectionStatusList")).isEmpty();

        iot.ok("DeleteSubscribeRelation", Map.of("ProductKey", product, "Type", "AMQP"));
        iot.ok("DeleteConsumerGroup", Map.of("GroupId", group));
        assertThat(iot.call("QueryConsumerGroupByGroupId", Map.of("GroupId", group)).code())
                .isEqualTo("iot.consumer.group.ConsumerGroupNotExist");
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionsOfProducts(Sdk sdk) {
        SdkClient iot = client(sdk);
        String product = product(iot);
        String group = iot.ok("CreateConsumerGroup", Map.of("GroupName", unused("Group"))).text("GroupId");
        Map<String, Object> which = Map.of("ProductKey", product, "Type", "AMQP");
        iot.ok("CreateSubscribeRelation", Map.of("ProductKey", product, "Type", "AMQP", "ConsumerGroupIds",
                List.of("DEFAULT_GROUP"), "DeviceDataFlag", true, "DeviceStatusChangeFlag", true));
        iot.ok("CreateConsumerGroupSubscribeRelation", Map.of("ProductKey", product, "ConsumerGroupId", group));

        SdkAnswer read = iot.ok("QuerySubscribeRelation", which);
        assertThat(read.texts("ConsumerGroupIds")).containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertThat(List.of(read.flag("DeviceDataFlag"), read.flag("DeviceStatusChangeFlag"), read.flag("DeviceLifeCycleFlag"),
                read.flag("OtaEventFlag"))).containsExactly(true, true, false, false);
        assertThat(read.text("ProductKey")).isEqualTo(product);
        assertThat(read.text("Type")).isEqualTo("AMQP");

        iot.ok("DeleteConsumerGroupSubscribeRelation", Map.of("ProductKey", product, "ConsumerGroupId", "DEFAULT_GROUP"));
        iot.ok("UpdateSubscribeRelation", Map.of("ProductKey", product, "Type", "AMQP", "ConsumerGroupIds", List.of(group),
                "DeviceLifeCycleFlag", true));
        SdkAnswer updated = iot.ok("QuerySubscribeRelation", which);
        assertThat(updated.texts("ConsumerGroupIds")).containsExactly(group);
        assertThat(List.of(updated.flag("DeviceDataFlag"), updated.flag("DeviceLifeCycleFlag"))).containsExactly(false, true);

        iot.ok("DeleteSubscribeRelation", which);
        assertThat(iot.ok("QuerySubscribeRelation", which).flag("DeviceLifeCycleFlag")).isFalse();
        assertThat(iot.call("UpdateSubscribeRelation", Map.of("ProductKey", product, "Type", "AMQP", "ConsumerGroupIds",
                List.of(group))).code()).isEqualTo("iot.consumer.group.CallbackTypeEmpty");
    }

    @ParameterizedTest
    @EnumSource
    void deviceLog(Sdk sdk) throws Exception {
        SdkClient iot = client(sdk);
        Device device = device(iot);
        Client.PAHO_5.tool(server, device.login()).ready().close();
        Map<String, Object> query = Map.of("ProductKey", device.productKey(), "DeviceName", device.name(), "BizCode", "device",
                "StartTime", Instant.now().minusSeconds(600).toEpochMilli());

        await().atMost(Deadline.DATABASE).until(() -> iot.ok("GetCustomerLog", query).record("CustomerLog").number("Count") == 2);
        SdkAnswer log = iot.ok("GetCustomerLog", query).record("CustomerLog");
        assertThat(List.of(log.number("CurrentPage"), log.number("PageSize"), log.number("TotalPage"))).containsExactly(1L, 10L, 1L);
        assertThat(log.records("Logs")).extracting(each -> each.text("Operation")).containsExactly("offline", "online");
        SdkAnswer online = log.records("Logs").get(1);
        assertThat(List.of(online.text("Status"), online.text("Code"), online.text("DeviceName")))
                .containsExactly("success", "200", device.name());
        assertThat(online.text("Content")).startsWith("{\"Params\":{");
    }

    /** Whoever adds an operation to the table calls it here, too. */
    @ParameterizedTest
    @EnumSource
    @Order(Integer.MAX_VALUE)
    void noOperationIsLeftOut(Sdk sdk) throws Exception {
        assertThat(SUCCEEDED.get(sdk)).isEqualTo(VendorOperations.counted(server));
    }

    @Test
    void eachOperationIsDocumented() throws Exception {
        assertThat(VendorOperations.documented()).isEqualTo(VendorOperations.counted(server));
    }

    private SdkClient client(Sdk sdk) {
        return sdk.client(server, server.firstAccessKey(), SUCCEEDED.computeIfAbsent(sdk, none -> new TreeSet<>()));
    }

    private static String product(SdkClient iot) {
        return iot.ok("CreateProduct", Map.of("ProductName", unused("Product"), "NodeType", 0)).text("ProductKey");
    }

    private static Device device(SdkClient iot) {
        return device(iot.ok("RegisterDevice", Map.of("ProductKey", product(iot))).record("Data"));
    }

    private static Device device(SdkAnswer registered) {
        return new Device(registered.text("ProductKey"), registered.text("DeviceName"), registered.text("DeviceSecret"));
    }

    private static String unused(String prefix) {
        return prefix + "_sdk_" + NEXT.getAndIncrement();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
