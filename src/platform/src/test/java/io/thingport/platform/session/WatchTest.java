package io.thingport.platform.session;

import static io.thingport.platform.session.TestServer.CHAT;
import static io.thingport.platform.session.TestServer.GET;
import static io.thingport.platform.session.TestServer.LAMP;
import static io.thingport.platform.session.TestServer.PRODUCT;
import static io.thingport.platform.session.TestServer.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.watch.WatchEvent;
import io.thingport.platform.watch.WatchEvent.Shown;
import io.thingport.platform.watch.WatchRequest;
import io.thingport.platform.watch.Watcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What devices publish while somebody watches. */
class WatchTest {

    private final TestServer server = new TestServer();
    private final TestChannel device = server.connect(LAMP);

    @Test
    void aPublishIsSeen() throws Exception {
        Watcher watcher = watch();
        device.publish0(UPDATE, "1");
        assertThat(device.publish1(UPDATE, "2")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(seen(watcher)).containsExactly("1", "2");
    }

    @Test
    void aTopicUsedBeforeIsSeenFromThenOn() throws Exception {
        device.publish0(UPDATE, "before");
        Watcher watcher = watch();
        device.publish0(UPDATE, "then");
        assertThat(seen(watcher)).containsExactly("then");
    }

    @Test
    void aDeviceThatComesLaterIsSeen() throws Exception {
        TestServer fresh = new TestServer();
        Watcher watcher = fresh.watch.watch(request(), () -> { });
        fresh.connect(LAMP).publish0(UPDATE, "x");
        fresh.settle();
        assertThat(texts(watcher)).endsWith("x");
    }

    @Test
    void comingAndGoingIsSeen() throws Exception {
        Watcher watcher = watch();
        server.connect(LAMP);
        assertThat(seen(watcher)).satisfiesExactly(
                offline -> assertThat(offline).startsWith("{\"status\":\"offline\""),
                online -> assertThat(online).startsWith("{\"status\":\"online\""));
        assertThat(server.upstream.bursts).isEmpty();
    }

    @Test
    void whatIsDeniedIsNotSeen() throws Exception {
        Watcher watcher = watch();
        device.publish1(GET, "x");
        assertThat(seen(watcher)).isEmpty();
    }

    @Test
    void theReplyToACallIsNotSeen() throws Exception {
        Watcher watcher = watch();
        device.publish0("/sys/a1Qx7Lm2Zt9/lamp_01/rrpc/response/1", "x");
        assertThat(seen(watcher)).isEmpty();
    }

    @Test
    void aRequestForTheTimeIsNotSeen() throws Exception {
        Watcher watcher = watch();
        device.publish0("/ext/ntp/a1Qx7Lm2Zt9/lamp_01/request", "{}");
        assertThat(seen(watcher)).isEmpty();
    }

    @Test
    void aDeviceStillReceivesItsOwnMessage() throws Exception {
        device.subscribe(CHAT);
        Watcher watcher = watch();
        device.publish0(CHAT, "x");
        assertThat(seen(watcher)).containsExactly("x");
        assertThat(device.payloads()).containsExactly("x");
    }

    @Test
    void consumerGroupsAndWatchersReceiveTheSame() throws Exception {
        server.subscribe(new ProductSubscription(Set.of(UpstreamKind.DATA), List.of("g1")));
        Watcher watcher = watch();
        device.publish1(UPDATE, "1");
        device.publish0(UPDATE, "2");
        assertThat(seen(watcher)).containsExactly("1", "2");
        assertThat(server.upstream.payloads()).containsExactly("1", "2");
    }

    @Test
    void aWatchedProductHasNothingToHandOver() throws Exception {
        watch();
        device.publish1(UPDATE, "x");
        server.settle();
        assertThat(server.upstream.bursts).isEmpty();
    }

    @Test
    void whatIsRefusedBecauseTheEngineTakesNoneIsNotSeen() throws Exception {
        server.subscribe(new ProductSubscription(Set.of(UpstreamKind.DATA), List.of("g1")));
        Watcher watcher = watch();
        server.upstream.full = true;
        device.publish1(UPDATE, "x");
        assertThat(seen(watcher)).isEmpty();
    }

    @Test
    void whenNobodyWatchesAnyMoreNothingIsOffered() throws Exception {
        watch();
        device.publish0(UPDATE, "1");
        server.settle();
        server.watch.productRemoved(PRODUCT);
        device.publish0(UPDATE, "2");
        server.settle();
        assertThat(server.watch.counters().events()).isEqualTo(1);
    }

    @Test
    void aChangeOfTheProductDoesNotEndTheWatching() throws Exception {
        Watcher watcher = watch();
        server.subscribe(ProductSubscription.NONE);
        device.publish0(UPDATE, "x");
        assertThat(seen(watcher)).containsExactly("x");
    }

    @Test
    void anotherProductsDevicesAreNotTouched() throws Exception {
        server.watch.watch(new WatchRequest("another", Optional.empty(), Set.of(UpstreamKind.DATA), "key",
                OptionalLong.empty()), () -> { });
        device.publish0(UPDATE, "x");
        server.settle();
        assertThat(server.watch.counters().events()).isZero();
    }

    @Test
    void aLoopWhoseQueueIsFullOffersAtOnce() throws Exception {
        Watcher watcher = watch();
        server.home(LAMP).full(true);
        device.publish0(UPDATE, "x");
        assertThat(seen(watcher)).containsExactly("x");
    }

    private Watcher watch() throws Exception {
        return server.watch.watch(request(), () -> { });
    }

    private static WatchRequest request() {
        DeviceKey lamp = LAMP;
        return new WatchRequest(lamp.productKey(), Optional.of(lamp.deviceName()),
                Set.of(UpstreamKind.DATA, UpstreamKind.STATUS), "key", OptionalLong.empty());
    }

    private List<String> seen(Watcher watcher) {
        server.settle();
        return texts(watcher);
    }

    private static List<String> texts(Watcher watcher) {
        List<String> texts = new ArrayList<>();
        for (Optional<WatchEvent> next = watcher.next(); next.isPresent(); next = watcher.next()) {
            texts.add(new String(((Shown) next.get()).message().payload(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
