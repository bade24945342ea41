package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.CallOutcome;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttConnection;
import io.thingport.mqtt.MqttConnectionFactory;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.SendOutcome;
import io.thingport.mqtt.TopicName;
import io.thingport.platform.messaging.BroadcastResult;
import io.thingport.platform.messaging.Broadcaster;
import io.thingport.platform.messaging.Publisher;
import io.thingport.platform.registry.Devices;
import io.thingport.platform.registry.NewDevice;
import io.thingport.platform.registry.NewProduct;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.rrpc.RrpcCaller;
import io.thingport.platform.session.Connections;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The product's beans and its connection factory as a component of the same EAR sees them. These tests run in the
 * application server, in a web module of their own that is added to the EAR; the devices are real clients.
 */
@Tag("once")
@ArquillianTest
public class InsideContainerIT {

    private static final String TESTS = "tests.war";

    @Inject
    private Products products;
    @Inject
    private Devices devices;
    @Inject
    private Publisher publisher;
    @Inject
    private Broadcaster broadcaster;
    @Inject
    private RrpcCaller caller;
    @Inject
    private Connections connections;
    @Resource(lookup = "eis/mqtt")
    private MqttConnectionFactory factory;
    @Inject
    private UserTransaction transaction;

    private Device device;

    /** The EAR that the build made, with the tests as one more web module. */
    @Deployment
    public static EnterpriseArchive withTests() throws IOException {
        WebArchive tests = ShrinkWrap.create(WebArchive.class, TESTS)
                .addClasses(InsideContainerIT.class, Deadline.class, Device.class, Login.class, PahoV3.class,
                        Received.class, SignMethod.class, Tool.class)
                .addClasses(PahoV3.class.getDeclaredClasses())
                .addAsLibraries(jar(Assertions.class), jar(MqttAsyncClient.class))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        EnterpriseArchive ear = ShrinkWrap.createFromZipFile(EnterpriseArchive.class,
                new File(System.getProperty("thingport.it.ear")));
        String modules;
        try (var xml = ear.get("META-INF/application.xml").getAsset().openStream()) {
            modules = new String(xml.readAllBytes(), StandardCharsets.UTF_8);
        }
        ear.delete("META-INF/application.xml");
        String module = "<module><web><web-uri>" + TESTS + "</web-uri><context-root>/tests</context-root></web></module>";
        int last = modules.lastIndexOf("</module>") + "</module>".length();
        return ear.setApplicationXML(new StringAsset(modules.substring(0, last) + module + modules.substring(last)))
                .addAsModule(Testable.archiveToTest(tests));
    }

    private static File jar(Class<?> of) {
        return new File(of.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    @BeforeEach
    void registerADevice() {
        String productKey = products.create(new NewProduct(Optional.empty(), "P" + System.nanoTime(), Optional.empty(), Optional.empty()))
                .productKey();
        DeviceKey key = devices.register(productKey,
                new NewDevice(Optional.of("lamp"), Optional.empty(), Optional.empty())).key();
        device = new Device(productKey, "lamp", devices.secret(key).reveal());
    }

    @Test
    void registryRefusesASecondDeviceOfTheSameName() {
        assertThatThrownBy(() -> devices.register(device.productKey(),
                new NewDevice(Optional.of("lamp"), Optional.empty(), Optional.empty())))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void registryTakesPartInTheCallersTransaction() throws Exception {
        transaction.begin();
        devices.register(device.productKey(), new NewDevice(Optional.of("gone"), Optional.empty(), Optional.empty()));
        transaction.rollback();
        assertThatThrownBy(() -> devices.get(new DeviceKey(device.productKey(), "gone")))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void connectionIsFoundWhileItStands() throws Exception {
        assertThat(get(connections.find(key()))).isEmpty();
        try (Tool tool = tool()) {
            assertThat(get(connections.find(key()))).hasValueSatisfying(
                    info -> assertThat(info.keepAliveSeconds()).isEqualTo(60));
            assertThat(tool.connected()).isTrue();
        }
    }

    @Test
    void publisherReachesTheDevice() throws Exception {
        try (Tool tool = tool(device.topic("user/get"))) {
            assertThat(get(publisher.publish(message("from a bean"))).outcome()).isEqualTo(SendOutcome.SENT);
            assertThat(tool.next().text()).isEqualTo("from a bean");
        }
    }

    @Test
    void callerGetsTheDevicesAnswer() throws Exception {
        try (Tool tool = tool(device.system("rrpc/request/+"))) {
            CompletableFuture<CallOutcome> call = caller.call(key(), Optional.empty(), bytes("q"), Duration.ofSeconds(8))
                    .toCompletableFuture();
            answer(tool);
            assertThat(get(call).status()).isEqualTo(CallOutcome.Status.SUCCESS);
            assertThat(get(call).reply()).isEqualTo(bytes("a"));
        }
    }

    @Test
    void connectionFactorySends() throws Exception {
        try (Tool tool = tool(device.topic("user/get")); MqttConnection connection = factory.getConnection()) {
            assertThat(get(connection.send(message("by JCA")))).isEqualTo(SendOutcome.SENT);
            assertThat(tool.next().text()).isEqualTo("by JCA");
        }
    }

    @Test
    void connectionFactoryCalls() throws Exception {
        try (Tool tool = tool(device.system("rrpc/request/+")); MqttConnection connection = factory.getConnection()) {
            CompletionStage<CallOutcome> call = connection.call(key(), bytes("q"), Duration.ofSeconds(8));
            answer(tool);
            assertThat(get(call).status()).isEqualTo(CallOutcome.Status.SUCCESS);
            assertThat(get(call).reply()).isEqualTo(bytes("a"));
        }
    }

    /** A device with {@code _ss=1} subscribes to no system topic; its kept session is subscribed all the same. */
    @Test
    void messageOnASystemTopicWaitsForADeviceThatIsAway() throws Exception {
        String topic = device.system("thing/service/property/set");
        Login login = device.login(SignMethod.HMACSHA256, ",_ss=1").keeping();
        try (Tool tool = tool(login)) {
            assertThat(get(connections.kick(key()))).isTrue();
            tool.ended();
        }
        assertThat(get(publisher.publish(Message.of(TopicName.of(topic), QoS.AT_LEAST_ONCE, Payload.utf8("on")))).outcome())
                .isEqualTo(SendOutcome.STORED);
        try (Tool tool = tool(login)) {
            assertThat(tool.next().topic()).isEqualTo(topic);
        }
    }

    @Test
    void broadcasterReachesTheDevice() throws Exception {
        try (Tool tool = tool()) {
            BroadcastResult result = get(broadcaster.broadcast(device.productKey(), Optional.empty(), bytes("to all")));
            assertThat(result.sent()).isEqualTo(1);
            assertThat(tool.next().topic()).isEqualTo(device.system("broadcast/request/" + result.messageId()));
        }
    }

    /** NoTransaction: what was sent is sent. */
    @Test
    void rollbackDoesNotTakeAMessageBack() throws Exception {
        try (Tool tool = tool(device.topic("user/get"))) {
            transaction.begin();
            try (MqttConnection connection = factory.getConnection()) {
                connection.send(message("sent all the same"));
            }
            transaction.rollback();
            assertThat(tool.next().text()).isEqualTo("sent all the same");
        }
    }

    @Test
    void closedConnectionRefuses() throws Exception {
        MqttConnection connection = factory.getConnection();
        connection.close();
        assertThatThrownBy(() -> connection.send(message("too late"))).isInstanceOf(IllegalStateException.class);
    }

    private Tool tool(String... filters) throws Exception {
        return tool(device.login(), filters);
    }

    private Tool tool(Login login, String... filters) throws Exception {
        String address = factory.server().status().addresses().get(0);
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new PahoV3("tcp://127.0.0.1:" + port, login, 4).ready(filters);
    }

    private static void answer(Tool tool) throws Exception {
        tool.publish(tool.next().topic().replace("/request/", "/response/"), 0, "a");
    }

    private Message message(String text) {
        return Message.of(TopicName.of(device.topic("user/get")), QoS.AT_LEAST_ONCE, Payload.utf8(text));
    }

    private DeviceKey key() {
        return new DeviceKey(device.productKey(), device.name());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Deadline.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
