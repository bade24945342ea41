package io.thingport.platform.store;

import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.Payload;
import io.thingport.mqtt.QoS;
import io.thingport.mqtt.TopicName;

/** Changes that remember what has become of them. */
abstract sealed class TestChange {

    private static final TopicName TOPIC = TopicName.of("/a1AbCdEfGhI/lamp_01/user/get");

    enum Outcome { NONE, WRITTEN, REFUSED }

    private final MqttLoop home;
    private volatile Outcome outcome = Outcome.NONE;
    private volatile int told;

    private TestChange(MqttLoop home) {
        this.home = home;
    }

    public MqttLoop home() {
        return home;
    }

    public void written() {
        outcome = Outcome.WRITTEN;
        told++;
    }

    public void refused() {
        outcome = Outcome.REFUSED;
        told++;
    }

    /** What it was told last. */
    Outcome outcome() {
        return outcome;
    }

    /** How often it was told something. */
    int told() {
        return told;
    }

    static Insert insert(MqttLoop home, long sessionId, long number) {
        return new Insert(home, sessionId, number, Message.of(TOPIC, QoS.AT_LEAST_ONCE, Payload.utf8("m" + number)));
    }

    static non-sealed class Insert extends TestChange implements InsertMessage {
        private final long sessionId;
        private final long number;
        private final Message message;
        private volatile boolean takenBack;
        private volatile int taken;

        Insert(MqttLoop home, long sessionId, long number, Message message) {
            super(home);
            this.sessionId = sessionId;
            this.number = number;
            this.message = message;
        }

        void takeBack() {
            takenBack = true;
        }

        int taken() {
            return taken;
        }

        @Override
        public boolean take() {
            taken++;
            return !takenBack;
        }

        @Override
        public long sessionId() {
            return sessionId;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public boolean sent() {
            return number % 2 == 0;
        }

        @Override
        public long createdMillis() {
            return 1000 + number;
        }

        @Override
        public long expiresMillis() {
            return 100_000 + number;
        }

        @Override
        public Message message() {
            return message;
        }
    }

    static final class Delete extends TestChange implements DeleteMessages {
        private final long sessionId;
        private final long from;
        private final long to;

        Delete(MqttLoop home, long sessionId, long from, long to) {
            super(home);
            this.sessionId = sessionId;
            this.from = from;
            this.to = to;
        }

        @Override
        public long sessionId() {
            return sessionId;
        }

        @Override
        public long from() {
            return from;
        }

        @Override
        public long to() {
            return to;
        }
    }

    static final class Save extends TestChange implements SaveSession {
        private final SessionState state;

        Save(MqttLoop home, long deviceId, long sessionId, long sentThrough) {
            this(home, new SessionState(deviceId, sessionId, 60, SessionState.NEVER, 1, sentThrough, SubscriptionState.NONE));
        }

        Save(MqttLoop home, SessionState state) {
            super(home);
            this.state = state;
        }

        @Override
        public SessionState state() {
            return state;
        }
    }

    static final class End extends TestChange implements EndSession {
        private final long sessionId;

        End(MqttLoop home, long sessionId) {
            super(home);
            this.sessionId = sessionId;
        }

        @Override
        public long sessionId() {
            return sessionId;
        }
    }
}
