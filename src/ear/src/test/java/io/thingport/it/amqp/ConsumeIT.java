package io.thingport.it.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thingport.it.Client;
import io.thingport.it.Deadline;
import io.thingport.it.Device;
import io.thingport.it.Fleet;
import io.thingport.it.Rest;
import io.thingport.it.SharedServer;
import io.thingport.it.SignMethod;
import io.thingport.it.ThingportServer;
import io.thingport.it.Tool;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What consumers may rely on, with real clients against the running server. */
@Tag("once")
@ExtendWith(SharedServer.class)
class ConsumeIT {

    @ParameterizedTest
    @EnumSource
    void messagesOfADeviceComeInOrder(ConsumerClient client, ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready();
                Consumer consumer = client.connect(server, login(server, group))) {
            for (int i = 0; i < 50; i++) {
                assertThat(tool.publish(device.topic("user/update"), i % 2, "m" + i)).isZero();
            }
            for (int i = 0; i < 50; i++) {
                Delivered message = consumer.next();
                assertThat(message.text()).isEqualTo("m" + i);
                assertThat(message.properties()).containsEntry("qos", i % 2);
                message.accept();
            }
        }
        await().atMost(Deadline.ANSWER).until(() -> groups.waiting(group) == 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsThereForAConsumerThatComesLater(ConsumerClient client, ThingportServer server, Rest rest)
            throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready()) {
            tool.publish(device.topic("user/update"), 1, "early");
        }
        assertThat(groups.waiting(group)).isEqualTo(1);
        try (Consumer consumer = client.connect(server, login(server, group))) {
            assertThat(consumer.next().text()).isEqualTo("early");
        }
    }

    /** Both have all of it; what one accepts is still the other's. */
    @Test
    void everyGroupHasItsOwnCopy(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String one = groups.group();
        String other = groups.group();
        Device device = groups.device(one, other);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready()) {
            tool.publish(device.topic("user/update"), 1, "for both");
        }
        for (String group : List.of(one, other)) {
            try (Consumer consumer = ConsumerClient.QPID_JMS.connect(server, login(server, group))) {
                Delivered message = consumer.next();
                assertThat(message.text()).isEqualTo("for both");
                message.accept();
            }
        }
    }

    @Test
    void consumersOfAGroupShareIt(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready();
                Consumer one = ConsumerClient.QPID_JMS.connect(server, login(server, group));
                Consumer other = ConsumerClient.PROTONJ2.connect(server, login(server, group))) {
            for (int i = 0; i < 20; i++) {
                tool.publish(device.topic("user/update"), 1, "m" + i);
            }
            Set<String> all = new TreeSet<>();
            for (int i = 0; i < 10; i++) { // in turn, as both have room
                for (Consumer consumer : List.of(one, other)) {
                    Delivered message = consumer.next();
                    all.add(message.text());
                    message.accept();
                }
            }
            assertThat(all).hasSize(20);
        }
    }

    /** At once, when the connection goes without another word. Qpid JMS says modified first, and that waits its minute. */
    @Test
    void whatAConsumerThatGoesHasNotAcceptedComesToTheNext(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        String messageId;
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready();
                Consumer consumer = ConsumerClient.PROTONJ2.connect(server, login(server, group))) {
            tool.publish(device.topic("user/update"), 1, "again");
            messageId = consumer.next().messageId();
        }
        try (Consumer consumer = ConsumerClient.QPID_JMS.connect(server, login(server, group))) {
            assertThat(consumer.next().messageId()).isEqualTo(messageId);
        }
    }

    /** Released waits for its minute; what is live goes on. */
    @Test
    void whatIsGivenBackDoesNotHoldUpTheOthers(ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready();
                ProtonConsumer consumer = new ProtonConsumer(server.amqpPort(), login(server, group))) {
            tool.publish(device.topic("user/update"), 1, "bad");
            consumer.delivery().release();
            tool.publish(device.topic("user/update"), 1, "good");
            Delivered good = consumer.next();
            assertThat(good.text()).isEqualTo("good");
            good.accept();
            await().atMost(Deadline.ANSWER).until(() -> groups.waiting(group) == 1);
        }
    }

    @Test
    void whatIsRefusedIsCounted(ThingportServer server, Rest rest) {
        String group = new Groups(rest).group();
        assertThatThrownBy(() -> plain(server, login(server, group).password("d3Jvbmc=")))
                .isInstanceOf(jakarta.jms.JMSSecurityException.class);

        assertThat(rest.get("/metrics").ok().response().body())
                .containsPattern("thingport_upstream_consumer_events_total\\{.*event=\"login\".*} [1-9]");
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodOfSigningIsGood(SignMethod method, ThingportServer server, Rest rest) throws Exception {
        String group = new Groups(rest).group();
        try (Consumer consumer = ConsumerClient.QPID_JMS.connect(server,
                ConsumerLogin.of("signing", server.firstAccessKey(), group, method))) {
            JsonObject status = rest.get("/api/v1/consumer-groups/" + group + "/status").ok().json();
            assertThat(status.getJsonArray("consumers").getJsonObject(0).getString("clientId")).isEqualTo("signing");
        }
    }

    @Test
    void strangersAndKeysWithoutTheScopeStayOut(ThingportServer server, Rest rest) {
        String group = new Groups(rest).group();
        Fleet fleet = new Fleet(rest);
        List<ConsumerLogin> refused = new ArrayList<>();
        refused.add(login(server, group).password("d3Jvbmc="));
        refused.add(ConsumerLogin.of("me", "nobody:secret", group));
        refused.add(ConsumerLogin.of("me", fleet.accessKey("message"), group));
        refused.add(new ConsumerLogin("guest", "guest"));
        for (ConsumerLogin login : refused) {
            assertThatThrownBy(() -> plain(server, login)).as(login.userName())
                    .isInstanceOf(jakarta.jms.JMSSecurityException.class);
        }
    }

    @Test
    void aKeyWithTheScopeConsumeSuffices(ThingportServer server, Rest rest) throws Exception {
        String group = new Groups(rest).group();

        plain(server, ConsumerLogin.of("me", new Fleet(rest).accessKey("consume"), group)).close();
    }

    @Test
    void aGroupThatDoesNotExistIsRefused(ThingportServer server) {
        assertThatThrownBy(() -> plain(server, login(server, "nobodys"))).hasMessageContaining("consumer group nobodys");
    }

    @Test
    void anIdleTimeoutOutOfBoundsIsRefused(ThingportServer server, Rest rest) {
        String group = new Groups(rest).group();

        assertThatThrownBy(() -> new QpidConsumer("amqp://127.0.0.1:" + server.amqpPort() + "?amqp.idleTimeout=59000",
                login(server, group))).hasMessageContaining("9601");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void consumersMayConnectWithTls(String version, ThingportServer server, Rest rest) throws Exception {
        Groups groups = new Groups(rest);
        String group = groups.group();
        Device device = groups.device(group);
        try (Tool tool = Client.HIVEMQ_5.tool(server, device.login()).ready();
                Consumer consumer = new QpidConsumer("failover:(amqps://127.0.0.1:" + server.amqpTlsPort()
                        + "?amqp.idleTimeout=80000&transport.trustAll=true&transport.verifyHost=false"
                        + "&transport.enabledProtocols=" + version + ")?failover.reconnectDelay=30", login(server, group))) {
            tool.publish(device.topic("user/update"), 1, "secretly");
            assertThat(consumer.next().text()).isEqualTo("secretly");
        }
    }

    /** Its queue goes, and so do the connections of its consumers. */
    @Test
    void whoConsumesAGroupThatIsDeletedLosesTheConnection(ThingportServer server, Rest rest) throws Exception {
        String group = new Groups(rest).group();
        try (Consumer consumer = ConsumerClient.PROTONJ2.connect(server, login(server, group))) {
            rest.delete("/api/v1/consumer-groups/" + group).ok();
            assertThatThrownBy(consumer::next).isInstanceOf(Exception.class);
        }
    }

    private static QpidConsumer plain(ThingportServer server, ConsumerLogin login) throws Exception {
        return new QpidConsumer("amqp://127.0.0.1:" + server.amqpPort() + "?amqp.idleTimeout=80000", login);
    }

    private static ConsumerLogin login(ThingportServer server, String group) {
        return ConsumerLogin.of("me", server.firstAccessKey(), group);
    }
}
