package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices publish and subscribe on topics of their own. */
@ExtendWith(SharedServer.class)
class PublishSubscribeIT {

    static Stream<Arguments> clientsAndQos() {
        return Stream.of(Client.values()).flatMap(client -> Stream.of(Arguments.of(client, 0), Arguments.of(client, 1)));
    }

    /** Every subscription here asks for QoS 0: what arrives has the QoS of its publisher all the same. */
    @ParameterizedTest
    @MethodSource("clientsAndQos")
    void publishersQosDecides(Client client, int qos, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/both"))) {
            assertThat(tool.publish(device.topic("user/both"), qos, "hello")).isZero();
            Received message = tool.next();
            assertThat(message.topic()).isEqualTo(device.topic("user/both"));
            assertThat(message.text()).isEqualTo("hello");
            assertThat(message.qos()).isEqualTo(qos);
        }
    }

    @ParameterizedTest
    @EnumSource
    void orderIsKept(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/both"))) {
            for (int i = 0; i < 50; i++) {
                tool.publish(device.topic("user/both"), 1, Integer.toString(i));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(tool.next().text()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void subscribingIsDeniedForAForeignTopic(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        Device other = fleet.device(device.productKey());
        try (Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(tool.subscribe(other.topic("user/get"))).isEqualTo(client.sees(0x87, 0x80));
            assertThat(tool.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void subscribingIsDeniedWithoutAClass(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(tool.subscribe(device.topic("user/none"))).isEqualTo(client.sees(0x87, 0x80));
            assertThat(tool.subscribe(device.topic("user/update"))).isEqualTo(client.sees(0x87, 0x80));
            assertThat(tool.subscribe("#")).isEqualTo(client.sees(0x87, 0x80));
        }
    }

    /** 3.x has no word for it and gets a plain PUBACK, as the vendor's platform does. */
    @ParameterizedTest
    @EnumSource
    void publishingToAForeignTopicIsDropped(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        Device other = fleet.device(device.productKey());
        try (Tool victim = client.tool(server, other.login()).ready(other.topic("user/both"));
                Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(tool.publish(other.topic("user/both"), 1, "intruder")).isEqualTo(client.sees(0x87, 0));
            assertThat(tool.connected()).isTrue();
            victim.publish(other.topic("user/both"), 1, "own");
            assertThat(victim.next().text()).isEqualTo("own");
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishingNeedsAClassWithPub(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/get"))) {
            assertThat(tool.publish(device.topic("user/get"), 1, "not mine to write")).isEqualTo(client.sees(0x87, 0));
            assertThat(tool.publish(device.topic("user/update"), 1, "fine")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wildcardInsideAClassIsGranted(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/in/#", "SUB", "user/in/deep", "ALL"));
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/in/+"))) {
            assertThat(tool.subscribe(device.topic("user/#"))).isEqualTo(client.sees(0x87, 0x80));
            tool.publish(device.topic("user/in/deep"), 1, "in");
            assertThat(tool.next().text()).isEqualTo("in");
        }
    }

    @ParameterizedTest
    @EnumSource
    void newClassTakesEffectOnALiveConnection(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device();
        try (Tool tool = client.tool(server, device.login()).ready()) {
            assertThat(tool.subscribe(device.topic("user/late"))).isEqualTo(client.sees(0x87, 0x80));
            fleet.topicClass(device.productKey(), "user/late", "ALL");
            assertThat(tool.subscribe(device.topic("user/late"))).isEqualTo(1);
            tool.publish(device.topic("user/late"), 1, "now");
            assertThat(tool.next().text()).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @EnumSource
    void unsubscribedGetsNothingMore(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/a"), device.topic("user/b"))) {
            tool.unsubscribe(device.topic("user/a"));
            tool.publish(device.topic("user/a"), 1, "unheard");
            tool.publish(device.topic("user/b"), 1, "heard");
            assertThat(tool.next().text()).isEqualTo("heard");
        }
    }

    @ParameterizedTest
    @EnumSource
    void cleanSessionStartsEmpty(Client client, ThingportServer server, Fleet fleet) throws Exception {
        Device device = fleet.device(Map.of("user/a", "ALL", "user/b", "ALL"));
        client.tool(server, device.login()).ready(device.topic("user/a")).close();
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/b"))) {
            tool.publish(device.topic("user/a"), 1, "unheard");
            tool.publish(device.topic("user/b"), 1, "heard");
            assertThat(tool.next().text()).isEqualTo("heard");
        }
    }

    @ParameterizedTest
    @MethodSource("clientsAndQos")
    void payloadOfAHundredKilobytesPasses(Client client, int qos, ThingportServer server, Fleet fleet)
            throws Exception {
        Device device = fleet.device(Map.of("user/both", "ALL"));
        String large = "x".repeat(100_000);
        try (Tool tool = client.tool(server, device.login()).ready(device.topic("user/both"))) {
            tool.publish(device.topic("user/both"), qos, large);
            assertThat(tool.next().text()).isEqualTo(large);
        }
    }
}
