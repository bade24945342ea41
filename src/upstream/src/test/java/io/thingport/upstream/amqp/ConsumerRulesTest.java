package io.thingport.upstream.amqp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.thingport.platform.upstream.ConsumerEvent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.DistributionMode;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for consumers, with a client of AMQP 1.0 that shares no code with the engine. */
class ConsumerRulesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final long DEADLINE = 10; // seconds
    private static final long PAUSE_NANOS = 1_000_000;

    private final Client client = Client.create();
    private TestEngine engine;

    private void start(ConsumerLimits limits) throws Exception {
        engine = new TestEngine(limits, 1);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "/queue-name", "", "thingport.group.other"})
    void theGroupOfTheUserNameDecidesWhateverTheAddress(String address) throws Exception {
        start(ConsumerLimits.VENDOR);
        engine.send(TestEngine.GROUP, "hello");

        assertThat(body(receiver(connect(), address).receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    @Test
    void theSourceIsEchoed() throws Exception {
        start(ConsumerLimits.VENDOR);

        assertThat(receiver(connect(), "default").source().address()).isEqualTo("default");
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        start(ConsumerLimits.VENDOR);

        assertThatThrownBy(() -> connect(TestEngine.user("me", TestEngine.GROUP), "wrong", 60_000))
                .hasMessageContaining("SASL");
    }

    @Test
    void aGroupThatDoesNotExistIsRefused() throws Exception {
        start(ConsumerLimits.VENDOR);

        Connection connection = connect(TestEngine.user("me", "nobodys"), TestEngine.password(), 60_000);
        assertThatThrownBy(() -> receiver(connection, "a")).hasMessageContaining("there is no consumer group nobodys");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 29_999 * 2, 300_001 * 2})
    void anIdleTimeoutOutOfBoundsIsRefused(int millis) throws Exception {
        start(ConsumerLimits.VENDOR);

        Connection connection = connect(TestEngine.user("me", TestEngine.GROUP), TestEngine.password(), millis);
        assertThatThrownBy(() -> receiver(connection, "a")).hasMessageContaining("9601");
    }

    @ParameterizedTest
    @ValueSource(ints = {30_000 * 2, 300_000 * 2}) // of which the client announces half
    void anIdleTimeoutAtItsBoundsIsAllowed(int millis) throws Exception {
        start(ConsumerLimits.VENDOR);

        Connection connection = connect(TestEngine.user("me", TestEngine.GROUP), TestEngine.password(), millis);
        assertThat(receiver(connection, "a").address()).isEqualTo("a");
    }

    @Test
    void whoIsSilentForLongerThanItAnnouncedIsClosed() throws Exception {
        start(limits(1_000, LONG, LONG, LONG));
        try (SilentConsumer consumer = new SilentConsumer(engine.port(), TestEngine.user("me", TestEngine.GROUP),
                TestEngine.password(), 1_000)) {
            assertThat(consumer.readUntilClosed()).isEqualTo("amqp:resource-limit-exceeded");
        }
        await(() -> engine.door().consumers() == 0);
    }

    @Test
    void aConnectionHasOneReceiverLink() throws Exception {
        start(ConsumerLimits.VENDOR);
        Connection connection = connect();
        Receiver first = receiver(connection, "a");

        assertThatThrownBy(() -> receiver(connection, "a")).hasMessageContaining("one receiver link");
        engine.send(TestEngine.GROUP, "hello");
        assertThat(body(first.receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    @Test
    void aReceiverLinkThatIsClosedMakesRoomForAnother() throws Exception {
        start(ConsumerLimits.VENDOR);
        Connection connection = connect();
        receiver(connection, "a").closeAsync().get(DEADLINE, SECONDS);
        engine.send(TestEngine.GROUP, "hello");

        assertThat(body(receiver(connection, "a").receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    @Test
    void aConnectionHasSeveralSessions() throws Exception {
        start(ConsumerLimits.VENDOR);
        Connection connection = connect();
        connection.openSession().openFuture().get(DEADLINE, SECONDS);
        engine.send(TestEngine.GROUP, "hello");

        assertThat(body(connection.openSession().openReceiver("a").receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thingport.group.g1", "queue"})
    void aConsumerDoesNotSend(String address) throws Exception {
        start(ConsumerLimits.VENDOR);

        assertThatThrownBy(() -> connect().openSender(address).openFuture().get(DEADLINE, SECONDS))
                .hasMessageContaining("consumers do not send");
    }

    @Test
    void aConsumerDoesNotSendToNoAddress() throws Exception {
        start(ConsumerLimits.VENDOR);

        assertThatThrownBy(() -> connect().openAnonymousSender().openFuture().get(DEADLINE, SECONDS))
                .hasMessageContaining("consumers do not send");
    }

    @Test
    void thereAreNoSelectors() throws Exception {
        start(ConsumerLimits.VENDOR);
        ReceiverOptions options = new ReceiverOptions();
        options.sourceOptions().addFilter("apache.org:selector-filter:string", 0x0000468C00000004L, "a = 1");

        assertThatThrownBy(() -> connect().openReceiver("a", options).openFuture().get(DEADLINE, SECONDS))
                .hasMessageContaining("no filters");
    }

    @Test
    void thereIsNoBrowsing() throws Exception {
        start(ConsumerLimits.VENDOR);
        ReceiverOptions options = new ReceiverOptions();
        options.sourceOptions().distributionMode(DistributionMode.COPY);

        assertThatThrownBy(() -> connect().openReceiver("a", options).openFuture().get(DEADLINE, SECONDS))
                .hasMessageContaining("browsed");
    }

    @Test
    void whatIsAcceptedIsDone() throws Exception {
        start(ConsumerLimits.VENDOR);
        engine.send(TestEngine.GROUP, "hello");
        receiver(connect(), "a").receive(DEADLINE, SECONDS).accept();

        await(() -> engine.queue(TestEngine.GROUP).getMessageCount() == 0);
    }

    enum Outcome { RELEASED, REJECTED, MODIFIED, MODIFIED_UNDELIVERABLE_HERE }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void whatIsNotAcceptedComesAgain(Outcome outcome) throws Exception {
        start(ConsumerLimits.VENDOR);
        engine.send(TestEngine.GROUP, "hello");
        Receiver receiver = receiver(connect(), "a");
        Delivery first = receiver.receive(DEADLINE, SECONDS);
        switch (outcome) {
            case RELEASED -> first.release();
            case REJECTED -> first.reject("no", "thanks");
            case MODIFIED -> first.modified(true, false);
            case MODIFIED_UNDELIVERABLE_HERE -> first.modified(true, true);
        }

        assertThat(body(receiver.receive(DEADLINE, SECONDS))).isEqualTo("hello");
        assertThat(engine.events().counted(outcome == Outcome.REJECTED ? ConsumerEvent.REJECTED : ConsumerEvent.RELEASED))
                .isEqualTo(1);
    }

    @Test
    void whatComesBackDoesNotHoldUpTheOthers() throws Exception {
        engine = new TestEngine(ConsumerLimits.VENDOR, Duration.ofHours(1).toMillis());
        engine.send(TestEngine.GROUP, "first");
        engine.send(TestEngine.GROUP, "second");
        Receiver receiver = receiver(connect(), "a");
        receiver.receive(DEADLINE, SECONDS).release();

        assertThat(body(receiver.receive(DEADLINE, SECONDS))).isEqualTo("second");
        await(() -> engine.queue(TestEngine.GROUP).getScheduledCount() == 1);
    }

    @Test
    void whatIsNotAnsweredInTimeComesAgainAndALateAnswerDoesNoHarm() throws Exception {
        start(limits(30_000, LONG, LONG, SHORT));
        engine.send(TestEngine.GROUP, "hello");
        Receiver receiver = receiver(connect(), "a");
        Delivery first = receiver.receive(DEADLINE, SECONDS);
        Delivery again = receiver.receive(DEADLINE, SECONDS);
        assertThat(body(again)).isEqualTo("hello");
        assertThat(engine.events().counted(ConsumerEvent.ACK_TIMEOUT)).isPositive();

        first.accept();
        engine.send(TestEngine.GROUP, "next");
        Delivery next = receiver.receive(DEADLINE, SECONDS);
        while (!body(next).equals("next")) {
            next.accept();
            next = receiver.receive(DEADLINE, SECONDS);
        }
        next.accept();
        again.accept();
        List<Delivery> late = new ArrayList<>();
        await(() -> {
            Delivery more = receiver.tryReceive();
            if (more != null) {
                late.add(more.accept());
            }
            return engine.queue(TestEngine.GROUP).getMessageCount() == 0;
        });
    }

    @Test
    void whatAConsumerThatGoesHasNotSettledComesToOthersAtOnce() throws Exception {
        engine = new TestEngine(ConsumerLimits.VENDOR, Duration.ofHours(1).toMillis());
        engine.send(TestEngine.GROUP, "hello");
        Connection gone = connect();
        receiver(gone, "a").receive(DEADLINE, SECONDS);
        Receiver other = receiver(connect(), "a");
        gone.close();

        assertThat(body(other.receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    @Test
    void messagesComeInTheOrderTheyWereSent() throws Exception {
        start(ConsumerLimits.VENDOR);
        List<String> sent = new ArrayList<>();
        List<String> received = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("m" + i);
            engine.send(TestEngine.GROUP, "m" + i);
        }
        Receiver receiver = receiver(connect(), "a");
        for (int i = 0; i < 200; i++) {
            Delivery delivery = receiver.receive(DEADLINE, SECONDS);
            received.add(body(delivery));
            delivery.accept();
        }

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void severalConsumersShareAGroup() throws Exception {
        start(ConsumerLimits.VENDOR);
        ReceiverOptions one = new ReceiverOptions().creditWindow(0).autoAccept(false);
        Receiver first = connect().openReceiver("a", one);
        Receiver second = connect().openReceiver("a", one);
        first.addCredit(1);
        second.addCredit(1);
        engine.send(TestEngine.GROUP, "m1");
        engine.send(TestEngine.GROUP, "m2");

        assertThat(List.of(body(first.receive(DEADLINE, SECONDS)), body(second.receive(DEADLINE, SECONDS))))
                .containsExactlyInAnyOrder("m1", "m2");
    }

    @Test
    void aGroupHasSoManyConnections() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        receiver(connect(), "a");
        Connection second = connect();
        receiver(second, "a");

        Connection third = connect();
        assertThatThrownBy(() -> receiver(third, "a")).hasMessageContaining("9600");
        second.close();
        await(() -> engine.door().consumers() == 1);
        receiver(connect(), "a");
    }

    @Test
    void whoDoesNotLogInInTimeIsClosed() throws Exception {
        start(limits(30_000, SHORT.multipliedBy(10), LONG, LONG)); // time for its first word
        try (Socket socket = new Socket("localhost", engine.port())) {
            socket.setSoTimeout((int) SECONDS.toMillis(DEADLINE));
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});
            InputStream in = socket.getInputStream();

            assertThat(in.readAllBytes()).startsWith('A', 'M', 'Q', 'P'); // and then the end
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ARTEMIS", "A"})
    void whoSaysNothingFurtherIsClosed(String beginning) throws Exception {
        start(limits(30_000, SHORT, LONG, LONG));
        try (Socket socket = stranger(beginning.getBytes(StandardCharsets.US_ASCII))) {
            assertClosed(socket);
        }
        assertThat(engine.events().counted(ConsumerEvent.CLOSED)).isEqualTo(1);
    }

    @Test
    void whoSendsMuchBeforeItsLoginIsClosed() throws Exception {
        start(ConsumerLimits.VENDOR);
        byte[] beginning = {'A', 'R', 'T', 'E', 'M', 'I', 'S', 0, 0x0f, -1, -1, 0}; // and 1 MiB would follow
        try (Socket socket = stranger(beginning)) {
            catchThrowable(() -> socket.getOutputStream().write(new byte[2 * LoginGate.BYTES_MAXIMUM]));
            assertClosed(socket);
        }
        assertThat(engine.events().counted(ConsumerEvent.LOGIN)).isEqualTo(1);
    }

    @Test
    void httpIsNotSpoken() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (Socket socket = stranger("POST /x HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII))) {
            assertClosed(socket);
        }
        assertThat(engine.events().counted(ConsumerEvent.LOGIN)).isEqualTo(1);
    }

    @Test
    void strangersAreSoManyAtOnce() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        receiver(connect(), "a"); // is none
        await(() -> engine.door().strangers().availablePermits() == 2);
        Socket second;
        try (Socket first = stranger(new byte[0])) {
            second = stranger(new byte[0]);
            await(() -> engine.door().strangers().availablePermits() == 0);
            try (Socket third = stranger(new byte[0])) {
                assertClosed(third);
            }
        }
        second.close();
        await(() -> engine.door().strangers().availablePermits() == 2);
    }

    @Test
    void theGateIsOpenForWhoHasLoggedIn() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        Receiver receiver = receiver(connect(), "a");
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSessionFactory connection = locator.createSessionFactory()) {
            session(connection);
            await(() -> engine.door().strangers().availablePermits() == 2);
            assertThat(engine.door().consumers()).isEqualTo(2);
        }
        engine.send(TestEngine.GROUP, "hello");
        assertThat(body(receiver.receive(DEADLINE, SECONDS))).isEqualTo("hello");
    }

    private Socket stranger(byte[] says) throws IOException {
        Socket socket = new Socket("localhost", engine.port());
        socket.setSoTimeout((int) SECONDS.toMillis(DEADLINE));
        socket.getOutputStream().write(says);
        return socket;
    }

    private static void assertClosed(Socket socket) {
        Throwable end = catchThrowable(() -> socket.getInputStream().readAllBytes());
        assertThat(end instanceof SocketTimeoutException).as("not closed").isFalse();
    }

    @Test
    void thereIsNoOtherMechanismThanPlain() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (Socket socket = new Socket("localhost", engine.port())) {
            socket.setSoTimeout((int) SECONDS.toMillis(DEADLINE));
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes(8); // the header
            String answer = new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.ISO_8859_1);

            assertThat(answer).contains("PLAIN").doesNotContain("ANONYMOUS");
        }
    }

    @Test
    void whoBreaksTheProtocolInTheLoginIsClosedAtOnce() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (Socket socket = new Socket("localhost", engine.port())) {
            socket.setSoTimeout((int) SECONDS.toMillis(DEADLINE));
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0, 0x7f, -1, -1, -1, 2, 1, 0, 0});
            socket.getOutputStream().write(new byte[4096]);

            Throwable end = catchThrowable(() -> socket.getInputStream().readAllBytes());

            assertThat(end instanceof SocketTimeoutException).as("not closed").isFalse();
        }
    }

    @Test
    void whoOpensNoReceiverInTimeIsClosed() throws Exception {
        start(limits(30_000, LONG, SHORT, LONG));
        Connection connection = connect();

        await(() -> engine.door().consumers() == 0);
        assertThatThrownBy(() -> receiver(connection, "a"))
                .hasMessageContaining("no receiver link in time");
    }

    @Test
    void jakartaMessagingMayConsumeTheQueueOfItsGroupAndNothingElse() throws Exception {
        start(ConsumerLimits.VENDOR);
        engine.makeQueue("other");
        engine.send(TestEngine.GROUP, "hello");
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSession session = session(locator.createSessionFactory())) {
            session.start();
            assertThat(session.createConsumer("thingport.group.g1").receive(SECONDS.toMillis(DEADLINE))).isNotNull();
            assertRefused(() -> session.createConsumer("thingport.group.other"));
            assertRefused(() -> session.createConsumer("thingport.group.g1", null, true));
            assertRefused(() -> session.createQueue(QueueConfiguration.of("mine").setAddress("thingport.group.g1")));
            assertRefused(() -> {
                try (ClientProducer producer = session.createProducer("thingport.group.g1")) {
                    producer.send(session.createMessage(true));
                }
            });
            assertThat(engine.door().consumers()).isEqualTo(1);
        }
        await(() -> engine.door().consumers() == 0);
    }

    @Test
    void jakartaMessagingSendsNothingLarge() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSessionFactory connection = locator.createSessionFactory()) {
            ClientSession session = session(connection);
            String filter = "x".repeat(MessagingProtocol.FRAME_MAXIMUM);

            assertThatThrownBy(() -> session.createConsumer("thingport.group.g1", filter))
                    .isInstanceOf(ActiveMQException.class);
            await(() -> engine.connections() == 0);
        }
    }

    @Test
    void connectionsOfJakartaMessagingCount() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSessionFactory one = locator.createSessionFactory();
                ClientSessionFactory other = locator.createSessionFactory()) {
            session(one);
            session(one);
            session(other);
            assertThat(engine.door().consumers()).isEqualTo(2);
            assertRefused(() -> session(locator.createSessionFactory()));
        }
        await(() -> engine.door().consumers() == 0);
    }

    @Test
    void aKeyThatIsDeletedEndsTheConnection() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        Receiver receiver = receiver(connect(), "a");
        engine.deleteKey();

        assertThatThrownBy(() -> receiver.receive(DEADLINE, SECONDS)).hasMessageContaining("9602");
        await(() -> engine.door().consumers() == 0);
    }

    @Test
    void aKeyThatIsDeletedEndsAConnectionOfJakartaMessaging() throws Exception {
        start(limits(30_000, LONG, LONG, LONG));
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSessionFactory connection = locator.createSessionFactory()) {
            session(connection);
            engine.deleteKey();

            await(() -> engine.door().consumers() == 0 && engine.connections() == 0);
            assertThat(engine.events().counted(ConsumerEvent.CLOSED)).isEqualTo(1);
        }
    }

    @Test
    void aConnectionOfJakartaMessagingHasOneLogin() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSessionFactory connection = locator.createSessionFactory()) {
            session(connection);

            assertRefused(() -> connection.createSession(TestEngine.user("another", TestEngine.GROUP),
                    TestEngine.password(), false, true, true, false, 0));
        }
    }

    @Test
    void whatJakartaMessagingRollsBackComesAgain() throws Exception {
        start(ConsumerLimits.VENDOR);
        engine.send(TestEngine.GROUP, "hello");
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port());
                ClientSession session = locator.createSessionFactory().createSession(TestEngine.user("me", TestEngine.GROUP),
                        TestEngine.password(), false, false, false, false, 0)) {
            session.start();
            ClientConsumer consumer = session.createConsumer("thingport.group.g1");
            consumer.receive(SECONDS.toMillis(DEADLINE)).acknowledge();
            session.rollback();

            assertThat(consumer.receive(SECONDS.toMillis(DEADLINE))).isNotNull();
        }
    }

    @Test
    void jakartaMessagingLogsInWithTheSamePasswordOnly() throws Exception {
        start(ConsumerLimits.VENDOR);
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + engine.port())) {
            assertRefused(() -> locator.createSessionFactory().createSession(TestEngine.user("me", TestEngine.GROUP), "wrong",
                    false, true, true, false, 0));
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private static void assertRefused(Action action) {
        assertThatThrownBy(action::run).isInstanceOf(ActiveMQSecurityException.class);
    }

    private static ClientSession session(ClientSessionFactory connection) throws Exception {
        return connection.createSession(TestEngine.user("me", TestEngine.GROUP), TestEngine.password(), false, true, true,
                false, 0);
    }

    /** Two connections of a group. */
    private static ConsumerLimits limits(int idleMinimum, Duration authenticate, Duration attach, Duration acknowledge) {
        return new ConsumerLimits(2, 2, 100, 2, idleMinimum, 300_000, new ConsumerTimes(authenticate, attach, acknowledge,
                Duration.ofNanos(1), SHORT, Duration.ofMillis(10)));
    }

    private Connection connect() throws Exception {
        return connect(TestEngine.user("me", TestEngine.GROUP), TestEngine.password(), 60_000);
    }

    private Connection connect(String user, String password, int idleMillis) throws Exception {
        Connection connection = client.connect("localhost", engine.port(), new ConnectionOptions().user(user)
                .password(password).idleTimeout(idleMillis));
        connection.openFuture().get(DEADLINE, SECONDS);
        return connection;
    }

    private static Receiver receiver(Connection connection, String address) throws Exception {
        return connection.openReceiver(address, new ReceiverOptions().autoAccept(false)).openFuture().get(DEADLINE, SECONDS);
    }

    private static String body(Delivery delivery) throws ClientException {
        Message<byte[]> message = delivery.message();
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + SECONDS.toNanos(DEADLINE);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
