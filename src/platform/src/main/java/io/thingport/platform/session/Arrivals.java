package io.thingport.platform.session;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.RefusalLog;
import io.thingport.platform.access.Admission;
import io.thingport.platform.access.Applicant;
import io.thingport.platform.access.Claim;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.access.RegistrationClaim;
import io.thingport.platform.limits.FailedAttempts;
import io.thingport.platform.limits.Turns;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DeviceToken;
import io.thingport.platform.registry.DirectoryAnswer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * CONNECTs on their way from the loop where they arrived to the device's home loop: the packet is examined, the device
 * looked up, its proof checked, and only then does the channel move. Who comes from an address where too many have failed
 * waits his turn to be looked up, unless his device is known, and is held back when he fails, too. One for each loop, used
 * on its thread only.
 */
final class Arrivals {

    /** How long a look-up may take before the device is told to come again. */
    static final long LOOK_UP_SECONDS = 10;

    private final Admission admission;
    private final DeviceDirectory directory;
    private final FailedAttempts failures;
    private final Turns<Origin> turns;
    private final LongSupplier nanoTime;
    private final Registrar registrar;
    private final Registering registering;
    private final Function<DeviceKey, Optional<LoopSessions>> home;
    private final LoopCounters counters;
    private final RefusalLog<ReasonCode> log;
    private final ConnectEvents events;

    /** @param home the sessions of a device's home loop; empty while the loops are not known yet */
    Arrivals(Surroundings surroundings, Function<DeviceKey, Optional<LoopSessions>> home,
            LoopCounters counters, RefusalLog<ReasonCode> log) {
        this.admission = surroundings.admission();
        this.directory = surroundings.directory();
        this.failures = surroundings.failures();
        this.turns = surroundings.lookUps();
        this.nanoTime = surroundings.nanoTime();
        this.registrar = surroundings.registrar();
        this.events = surroundings.connectEvents();
        this.registering = new Registering(registrar, this, events);
        this.home = home;
        this.counters = counters;
        this.log = log;
    }

    /** A CONNECT has arrived. */
    void connect(MqttChannel channel, Connect connect) {
        Admission.Examination examination = admission.examine(connect, channel.peer());
        if (examination instanceof Refusal refusal) {
            refuse(channel, Newcomer.of(connect), refusal);
        } else if (examination instanceof RegistrationClaim registration) {
            registering.begin(channel, registration);
        } else {
            lookUp(channel, (Applicant) examination);
        }
    }

    /** Looks up who has sent a CONNECT, and lets its channel come home when that is proven. */
    void lookUp(MqttChannel channel, Applicant who) {
        LookUp lookUp = new LookUp(channel, who);
        Origin from = Origin.of(channel.peer().address());
        if (who.isKnownTo(directory) || !failures.isSuspect(from, nanoTime.getAsLong())) {
            lookUp.ask(() -> { });
        } else if (!turns.enter(from, () -> channel.loop().post(() -> lookUp.askInTurn(turns)))) {
            turnAway(channel, who);
            return;
        }
        lookUp.limit();
    }

    /** One look-up and its deadline, of which the first decides. */
    private final class LookUp {
        private final MqttChannel channel;
        private final Applicant who;
        private final MqttLoop loop;
        private Optional<MqttLoop.Timer> deadline = Optional.empty();
        private boolean finished;

        LookUp(MqttChannel channel, Applicant who) {
            this.channel = channel;
            this.who = who;
            this.loop = channel.loop();
        }

        void askInTurn(Turns<Origin> turn) {
            if (finished || !channel.open()) {
                turn.leave();
            } else {
                ask(turn::leave);
            }
        }

        /** Asks the directory; {@code answered} runs first, on any thread. */
        void ask(Runnable answered) {
            who.find(directory, answer -> {
                answered.run();
                if (loop.inLoop()) {
                    judge(answer);
                } else {
                    loop.post(() -> judge(answer)); // when the queue is full the deadline answers
                }
            });
        }

        private void judge(DirectoryAnswer answer) {
            if (!finished) {
                finish(admission.judge(who, answer));
            }
        }

        /** Sets the deadline, unless the answer came at once. */
        void limit() {
            if (!finished) {
                deadline = Optional.of(loop.schedule(LOOK_UP_SECONDS, TimeUnit.SECONDS, () -> finish(
                        new Refusal(ReasonCode.SERVER_UNAVAILABLE, "the device could not be looked up in time"))));
            }
        }

        void finish(Admission.Verdict verdict) {
            if (finished) {
                return;
            }
            finished = true;
            deadline.ifPresent(MqttLoop.Timer::cancel);
            if (!channel.open()) {
                return;
            }
            if (verdict instanceof Refusal refusal) {
                refuse(channel, Newcomer.of(who), refusal);
            } else if (verdict instanceof Admission.FirstUse first) {
                activate(channel, first.claim(), first.token());
            } else {
                Admission.Admitted admitted = (Admission.Admitted) verdict;
                admitted(channel, admitted.claim(), admitted.credentials());
            }
        }
    }

    /** Looks the device up again when it is noted that its token is used. Until then the deadline of a look-up holds. */
    private void activate(MqttChannel channel, Claim claim, DeviceToken token) {
        LookUp lookUp = new LookUp(channel, claim);
        lookUp.limit();
        registrar.activate(claim.device(), token.clientId(), noted -> {
            if (noted) {
                lookUp.ask(() -> { });
            } else {
                channel.loop().post(() -> lookUp.finish(
                        new Refusal(ReasonCode.SERVER_UNAVAILABLE, "the use of the token cannot be stored now")));
            }
        });
    }

    private void admitted(MqttChannel channel, Claim claim, DeviceCredentials credentials) {
        Optional<LoopSessions> there = home.apply(claim.device());
        if (there.isEmpty()) {
            refuse(channel, Newcomer.proven(claim),
                    new Refusal(ReasonCode.SERVER_UNAVAILABLE, "the server is not ready yet"));
            return;
        }
        LoopSessions sessions = there.get();
        channel.moveTo(sessions.loop(), () -> sessions.arrived(channel, claim, credentials));
    }

    /** Whether nothing about the device has changed since it was looked up. */
    boolean isCurrent(DeviceCredentials credentials) {
        return directory.isCurrent(credentials);
    }

    /** Refuses a channel, counts and logs it; who guesses is held back. */
    void refuse(MqttChannel channel, Newcomer who, Refusal refusal) {
        count(channel, who, refusal);
        Origin from = Origin.of(channel.peer().address());
        OptionalLong pause = refusal.guess() ? failures.failed(from, nanoTime.getAsLong()) : OptionalLong.of(0);
        if (pause.isEmpty()) {
            channel.close(refusal.reason(), refusal.why()); // which says nothing before CONNACK
        } else if (pause.getAsLong() == 0) {
            channel.refuse(refusal.reason(), refusal.why());
        } else {
            channel.loop().schedule(pause.getAsLong(), TimeUnit.NANOSECONDS, () -> {
                failures.answered(from);
                channel.refuse(refusal.reason(), refusal.why());
            });
        }
    }

    private void turnAway(MqttChannel channel, Applicant who) {
        Refusal refusal = new Refusal(ReasonCode.QUOTA_EXCEEDED,
                "too many look-ups wait for an address where too many have failed");
        count(channel, Newcomer.of(who), refusal);
        channel.close(refusal.reason(), refusal.why());
    }

    private void count(MqttChannel channel, Newcomer who, Refusal refusal) {
        counters.refusedConnects.add(refusal.reason());
        log.say(refusal.reason(), channel.peer().address(), who.name() + ": " + refusal.why());
        events.refused(channel, who, refusal);
    }
}
