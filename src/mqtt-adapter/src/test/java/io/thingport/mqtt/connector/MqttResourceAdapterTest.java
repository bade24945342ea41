package io.thingport.mqtt.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.ListenerSettings;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.ListenerSettings.Transport;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.MqttServerSettings;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MqttResourceAdapterTest {

    private static final MqttApplication APPLICATION = new SilentApplication();

    private final FakeContainer container = new FakeContainer();
    private final FakeContainer.Bean bean = new FakeContainer.Bean();
    private final MqttActivationSpec spec = new MqttActivationSpec();
    private final MqttResourceAdapter adapter = new MqttResourceAdapter();

    @AfterEach
    void stop() {
        adapter.stop();
    }

    @Test
    void listensWhenTheApplicationComesFirst() throws Exception {
        adapter.start(container);
        adapter.server().open(settings(freePort()), APPLICATION);
        assertThat(adapter.server().status().listening()).isFalse();

        adapter.endpointActivation(bean, spec);

        await(() -> adapter.server().status().listening());
    }

    @Test
    void listensWhenTheEndpointComesFirst() throws Exception {
        adapter.start(container);
        adapter.endpointActivation(bean, spec);
        assertThat(adapter.server().status().listening()).isFalse();

        adapter.server().open(settings(freePort()), APPLICATION);

        await(() -> adapter.server().status().listening());
    }

    @Test
    void eachLoopHasAnEndpointOfItsOwn() throws Exception {
        listening(freePort());

        assertThat(bean.endpoints).hasSize(2);
    }

    @Test
    void deactivationClosesThePort() throws Exception {
        int port = freePort();
        listening(port);

        adapter.endpointDeactivation(bean, spec);

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void deactivationEndsTheLoops() throws Exception {
        listening(freePort());
        assertThat(container.anyWorkRuns()).isTrue();

        adapter.endpointDeactivation(bean, spec);

        await(() -> !container.anyWorkRuns());
    }

    @Test
    void deactivationGivesTheEndpointsBack() throws Exception {
        listening(freePort());

        adapter.endpointDeactivation(bean, spec);

        assertThat(bean.endpoints).allMatch(e -> e.released);
    }

    @Test
    void deactivationOfAnUnknownEndpointChangesNothing() throws Exception {
        listening(freePort());

        adapter.endpointDeactivation(new FakeContainer.Bean(), spec);

        assertThat(adapter.server().status().listening()).isTrue();
    }

    @Test
    void anEndpointThatComesBackTellsThatTheLoopsHaveEnded() throws Exception {
        listening(freePort());
        adapter.endpointDeactivation(bean, spec);

        adapter.endpointActivation(bean, spec);

        assertThat(adapter.server().status().problem().orElseThrow()).contains("start the application again");
    }

    @Test
    void anApplicationThatComesBackListensAgain() throws Exception {
        int port = freePort();
        listening(port);
        adapter.endpointDeactivation(bean, spec);
        adapter.server().close();

        adapter.endpointActivation(bean, spec);
        adapter.server().open(settings(port), APPLICATION);

        await(() -> adapter.server().status().listening());
    }

    @Test
    void aSecondMessageDrivenBeanIsRefused() throws ResourceException {
        adapter.start(container);
        adapter.endpointActivation(bean, spec);

        assertThatThrownBy(() -> adapter.endpointActivation(new FakeContainer.Bean(), spec))
                .isInstanceOf(NotSupportedException.class).hasMessageContaining("active already");
    }

    @Test
    void aForeignActivationSpecIsRefused() {
        adapter.start(container);

        assertThatThrownBy(() -> adapter.endpointActivation(bean, new ForeignSpec()))
                .isInstanceOf(NotSupportedException.class);
    }

    @Test
    void aPortInUseShowsInTheStatus() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            adapter.start(container);
            adapter.endpointActivation(bean, spec);

            adapter.server().open(settings(other.getLocalPort()), APPLICATION);

            await(() -> adapter.server().status().problem()
                    .filter(p -> p.contains("cannot listen on 127.0.0.1:" + other.getLocalPort())).isPresent());
        }
    }

    @Test
    void aBeanThatCannotBeHadShowsInTheStatus() throws Exception {
        adapter.start(container);
        bean.unavailable = true;
        adapter.endpointActivation(bean, spec);

        adapter.server().open(settings(freePort()), APPLICATION);

        await(() -> adapter.server().status().problem().filter(p -> p.contains("the bean is not there")).isPresent());
    }

    @Test
    void aContainerThatTakesNoWorkShowsInTheStatus() throws Exception {
        container.refusesWork = true;
        adapter.start(container);
        adapter.endpointActivation(bean, spec);

        adapter.server().open(settings(freePort()), APPLICATION);

        assertThat(adapter.server().status().problem().orElseThrow()).contains("the pool is full");
    }

    @Test
    void stopEndsTheLoops() throws Exception {
        listening(freePort());

        adapter.stop();

        await(() -> !container.anyWorkRuns());
    }

    @Test
    void stopMayComeTwice() throws Exception {
        listening(freePort());
        adapter.stop();

        assertThatCode(adapter::stop).doesNotThrowAnyException();
    }

    @Test
    void stopMayComeBeforeStart() {
        assertThatCode(adapter::stop).doesNotThrowAnyException();
    }

    @Test
    void startTwiceKeepsTheFirstTransport() {
        adapter.start(container);
        MqttServer first = adapter.server();

        adapter.start(container);

        assertThat(adapter.server()).isSameAs(first);
    }

    @Test
    void releasedWorkEnds() throws Exception {
        listening(freePort());

        container.works.get(0).release();

        await(() -> !container.anyWorkRuns());
    }

    @Test
    void thereIsNoServerBeforeTheStart() {
        assertThatIllegalStateException().isThrownBy(adapter::server);
    }

    @Test
    void takesPartInNoTransaction() {
        assertThat(adapter.getXAResources(new ActivationSpec[] {spec})).isEmpty();
    }

    private void listening(int port) throws Exception {
        adapter.start(container);
        adapter.endpointActivation(bean, spec);
        adapter.server().open(settings(port), APPLICATION);
        await(() -> adapter.server().status().listening());
    }

    private static MqttServerSettings settings(int port) {
        MqttServerSettings d = MqttServerSettings.DEFAULTS;
        return new MqttServerSettings(
                List.of(new ListenerSettings("main", "127.0.0.1", port, Transport.TCP, ClientCertificate.NONE, false, List.of())),
                d.tls(), 2, d.connectTimeout(), d.connectMaximum(),
                d.unauthenticatedMaximum(), d.unauthenticatedConnections(), d.packetMaximum(), d.receiveMaximum(), d.sendWindow(),
                d.topicAliasMaximum(), d.outputMaximum());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Of another adapter. */
    private static final class ForeignSpec implements ActivationSpec {

        @Override
        public void validate() {
        }

        @Override
        public jakarta.resource.spi.ResourceAdapter getResourceAdapter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setResourceAdapter(jakarta.resource.spi.ResourceAdapter adapter) {
            throw new UnsupportedOperationException();
        }
    }
}
