package io.thingport.platform.session;

import io.thingport.mqtt.ConnackOptions;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.Message;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttLoop;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.access.Refusal.Truth;
import io.thingport.platform.access.RegistrationClaim;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.registration.Registrar;
import io.thingport.platform.registration.RegistrationPush;
import io.thingport.platform.registry.RegistrationResult;
import io.thingport.platform.registry.RegistrationResult.Refused;
import io.thingport.platform.registry.RegistrationResult.WithSecret;
import io.thingport.platform.registry.RegistrationResult.WithToken;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * CONNECTs that ask for a registration: the device is told what it was given and has some seconds to close. Such a connection
 * is none of the device's: it has no session, takes no other's place and is not what makes a device online. One for each
 * loop, used on its thread only.
 */
final class Registering {

    /** How long the connection stays open. */
    static final long OPEN_SECONDS = 15;

    /** Nobody knows yet what it is. */
    static final Truth UNPROVEN = new Truth(LogCode.SIGNATURE, "unknown product, unknown device or wrong signature");

    private static final System.Logger LOG = System.getLogger(Registering.class.getName());

    private final Registrar registrar;
    private final Arrivals arrivals;
    private final ConnectEvents events;

    Registering(Registrar registrar, Arrivals arrivals, ConnectEvents events) {
        this.events = events;
        this.registrar = registrar;
        this.arrivals = arrivals;
    }

    /** A CONNECT has arrived that asks for a registration. */
    void begin(MqttChannel channel, RegistrationClaim claim) {
        Attempt attempt = new Attempt(channel, claim);
        attempt.limit();
        registrar.register(claim.request(), Origin.of(channel.peer().address()), result -> {
            if (channel.loop().inLoop()) {
                attempt.finish(result);
            } else {
                channel.loop().post(() -> attempt.finish(result)); // when the queue is full the deadline answers
            }
        });
    }

    /** A registration under way and its deadline, of which the first decides. */
    private final class Attempt {
        private final MqttChannel channel;
        private final RegistrationClaim claim;
        private Optional<MqttLoop.Timer> deadline = Optional.empty();
        private boolean finished;

        Attempt(MqttChannel channel, RegistrationClaim claim) {
            this.channel = channel;
            this.claim = claim;
        }

        void limit() {
            deadline = Optional.of(channel.loop().schedule(Arrivals.LOOK_UP_SECONDS, TimeUnit.SECONDS,
                    () -> finish(Refused.UNAVAILABLE)));
        }

        void finish(RegistrationResult result) {
            if (finished) {
                return;
            }
            finished = true;
            deadline.ifPresent(MqttLoop.Timer::cancel);
            if (!channel.open()) {
                return;
            }
            if (result instanceof Refused refused) {
                arrivals.refuse(channel, Newcomer.of(claim), refusal(refused));
            } else {
                tell(result instanceof WithToken token ? RegistrationPush.of(token)
                        : RegistrationPush.of((WithSecret) result));
            }
        }

        private void tell(Message push) {
            DeviceKey device = claim.request().device();
            LOG.log(System.Logger.Level.DEBUG, () -> device + " was registered from " + channel.peer().address());
            Registered state = new Registered(channel.loop().schedule(OPEN_SECONDS, TimeUnit.SECONDS,
                    () -> channel.close(ReasonCode.ADMINISTRATIVE_ACTION, "the registration is over")));
            Optional<String> assigned = channel.version() == MqttVersion.V5 && claim.id().base().isEmpty()
                    ? Optional.of(device.productKey() + "." + device.deviceName())
                    : Optional.empty();
            channel.accept(state, new ConnackOptions(false, claim.connect().keepAlive(), OptionalLong.empty(), assigned));
            channel.send(push);
            events.registered(channel, claim);
        }
    }

    private static Refusal refusal(Refused refused) {
        return switch (refused) {
            case UNPROVEN -> new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                    "unknown product, unknown device or wrong signature").logged(UNPROVEN);
            case ACTIVATED -> new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "the device has connected before", false)
                    .logged(new Truth(LogCode.ALREADY_ACTIVATED, "the device has connected before"));
            case SWITCHED_OFF -> new Refusal(ReasonCode.NOT_AUTHORIZED, "the product does not permit this registration")
                    .logged(new Truth(LogCode.REGISTRATION_OFF, "the product does not permit this registration"));
            case DISABLED -> new Refusal(ReasonCode.NOT_AUTHORIZED, "the device is disabled")
                    .logged(new Truth(LogCode.REQUEST, "the device is disabled"));
            case TOO_MANY_TOKENS -> new Refusal(ReasonCode.NOT_AUTHORIZED,
                    "as many physical devices as may have the name have connected");
            case TOO_OFTEN -> new Refusal(ReasonCode.CONNECTION_RATE_EXCEEDED, "too many registrations at once");
            case UNAVAILABLE -> new Refusal(ReasonCode.SERVER_UNAVAILABLE, "the device cannot be registered now");
        };
    }
}
