package io.thingport.mqtt.transport;

import static io.thingport.mqtt.testing.Packets.hex;
import static io.thingport.mqtt.testing.Packets.publish;
import static io.thingport.mqtt.testing.Packets.publish5;
import static io.thingport.mqtt.testing.Packets.subscribe;
import static io.thingport.mqtt.testing.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Publish;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.testing.RawClient;
import io.thingport.mqtt.testing.RecordingHandler;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topic aliases of clients [MQTT 5, 3.3.2.3.4], and how often a topic's route is asked for. */
class TopicAliasTest {

    private static final Application APPLICATION = new Application();
    private static TestServer server;
    private RawClient client;

    @BeforeAll
    static void start() {
        server = new TestServer(APPLICATION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        server.closeClients();
        APPLICATION.cacheable = true;
        client = server.client().connected(MqttVersion.V5);
        client.send(subscribe(MqttVersion.V5, 1, "a/#"));
        client.expect("90 04 00 01 00 01");
        APPLICATION.routed.clear();
    }

    @Test
    void anAliasStandsForTheTopicItWasSentWith() {
        client.send(publish5("a/b", "1", alias(20)), publish5("a/c", "2", alias(1)), publish5("", "3", alias(20)),
                publish5("", "4", alias(1)));

        client.expect(echo("a/b", "1"), echo("a/c", "2"), echo("a/b", "3"), echo("a/c", "4"));
    }

    @Test
    void anAliasMayBeGivenToAnotherTopic() {
        client.send(publish5("a/b", "1", alias(1)), publish5("a/c", "2", alias(1)), publish5("", "3", alias(1)));

        client.expect(echo("a/b", "1"), echo("a/c", "2"), echo("a/c", "3"));
    }

    /** [MQTT-3.3.2-8], [MQTT-3.3.2-9] */
    @ParameterizedTest
    @ValueSource(ints = {0, 21, 0xFFFF})
    void anAliasIsWithinTheBounds(int alias) {
        client.send(publish5("a/b", "1", alias(alias)));

        client.expectEnd(MqttVersion.V5, 0x94);
    }

    @Test
    void aliasesAreForAKilobyteEachOnAverage() {
        String most = "a/" + "x".repeat(20 * 1024 - 3);
        client.send(publish5(most, "", alias(1)), publish5("b", "", alias(2)), publish5("a/b", "1", alias(1)));
        client.send(publish5(most.substring(3), "", alias(3)));
        client.expect(echo(most, ""), echo("a/b", "1"));

        client.send(publish5("b/b", "", alias(4)));

        client.expectEnd(MqttVersion.V5, 0x97);
    }

    @Test
    void anUnknownAliasIsAProtocolError() {
        client.send(publish5("a/b", "1", alias(1)), publish5("", "2", alias(2)));

        client.expect(echo("a/b", "1"));
        client.expectEnd(MqttVersion.V5, 0x82);
    }

    /** [MQTT-3.3.2-7] */
    @Test
    void anAliasEndsWithItsConnection() {
        client.send(publish5("a/b", "1", alias(1)));
        client.expect(echo("a/b", "1"));
        client.close();
        RawClient again = server.client().connected(MqttVersion.V5);

        again.send(publish5("", "2", alias(1)));

        again.expectEnd(MqttVersion.V5, 0x82);
    }

    @Test
    void anAliasWorksForATopicThatIsNotCached() {
        APPLICATION.cacheable = false;

        client.send(publish5("a/b", "1", alias(1)), publish5("", "2", alias(1)));

        client.expect(echo("a/b", "1"), echo("a/b", "2"));
    }

    @Test
    void theRouteOfACachedTopicIsAskedForOnce() {
        client.send(publish5("a/b", "1"), publish5("a/c", "2"), publish5("a/b", "3", alias(1)), publish5("", "4", alias(1)));

        client.expect(echo("a/b", "1"), echo("a/c", "2"), echo("a/b", "3"), echo("a/b", "4"));
        assertThat(APPLICATION.routed).containsExactlyElementsOf(topics("a/b", "a/c"));
    }

    @Test
    void theRouteOfATopicThatIsNotCachedIsAskedForEachTime() {
        APPLICATION.cacheable = false;

        client.send(publish5("a/b", "1"), publish5("a/b", "2"));

        client.expect(echo("a/b", "1"), echo("a/b", "2"));
        assertThat(APPLICATION.routed).containsExactlyElementsOf(topics("a/b", "a/b"));
    }

    @Test
    void aRouteThatIsNotCurrentIsAskedForAgain() {
        client.send(publish5("a/b", "1", alias(1)), publish5("a/b", "2"), unsubscribe(MqttVersion.V5, 2, "a/#"),
                publish5("a/b", "3"), publish5("", "4", alias(1)), subscribe(MqttVersion.V5, 3, "a/b"),
                publish5("", "5", alias(1)));

        client.expect(echo("a/b", "1"), echo("a/b", "2"), "B0 04 00 02 00 00", "90 04 00 03 00 01", echo("a/b", "5"));
        assertThat(APPLICATION.routed).containsExactlyElementsOf(topics("a/b", "a/b", "a/b"));
    }

    private static String alias(int alias) {
        return "23" + hex(alias, 2);
    }

    /** The server uses no aliases towards a client that does not take any. */
    private static String echo(String topic, String payload) {
        return publish(MqttVersion.V5, topic, payload);
    }

    private static List<TopicName> topics(String... topics) {
        return Arrays.stream(topics).map(TopicName::of).toList();
    }

    private static final class Application extends RecordingHandler {

        private volatile boolean cacheable;

        /** A route of the echo application that may not be cacheable. */
        private record Uncached(Route route) implements Route {
            @Override
            public boolean current() {
                return route.current();
            }

            @Override
            public boolean cacheable() {
                return false;
            }
        }

        @Override
        public Route route(MqttChannel channel, TopicName topic) {
            Route route = super.route(channel, topic);
            return cacheable ? route : new Uncached(route);
        }

        @Override
        public void publish(MqttChannel channel, Route route, Publish publish, long token) {
            super.publish(channel, route instanceof Uncached uncached ? uncached.route() : route, publish, token);
        }
    }
}
