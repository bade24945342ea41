package io.thingport.platform.dashboard;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/** What a CONNECT of a dashboard has to be. Thread-safe. */
final class DashboardAdmission {

    static final int CLIENT_ID_MAXIMUM = 64;

    private final Settings settings;
    private final DashboardTokens tokens;
    private final Clock clock;

    /** The verdict on a CONNECT: who it is, if it may come in, or why not. */
    record Verdict(Optional<DashboardToken> token, Optional<Refusal> refusal) {

        private static Verdict refuse(ReasonCode reason, String why) {
            return refuse(new Refusal(reason, why));
        }

        private static Verdict refuse(Refusal refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }
    }

    DashboardAdmission(Settings settings, DashboardTokens tokens, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Checks the packet, the token in it and the way it has come: whoever reads a token can use it. Whether the token's
     * access key is still there is another question.
     */
    Verdict examine(Connect connect, Peer peer) {
        if (connect.authenticationMethod().isPresent()) {
            return Verdict.refuse(ReasonCode.BAD_AUTHENTICATION_METHOD, "no authentication method is supported");
        }
        if (!isClientId(connect)) {
            return Verdict.refuse(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "the client identifier of a dashboard has up to " + CLIENT_ID_MAXIMUM
                            + " characters and no control character");
        }
        long least = settings.keepAlive().minimum().toSeconds();
        long most = settings.keepAlive().maximum().toSeconds();
        if (connect.keepAlive() < least || connect.keepAlive() > most) {
            return Verdict.refuse(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                    "the keep-alive has to be " + least + " to " + most + " seconds");
        }
        if (connect.will() && settings.will() == Settings.Will.REJECT) {
            // 0x83 would reach a 3.x client as "identifier rejected".
            return Verdict.refuse(connect.version() == MqttVersion.V5
                    ? ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR
                    : ReasonCode.NOT_AUTHORIZED, "wills are not supported");
        }
        if (!peer.secure() && !peer.address().getAddress().isLoopbackAddress()) {
            return Verdict.refuse(ReasonCode.NOT_AUTHORIZED, "a token from another machine has to come over TLS");
        }
        Optional<DashboardToken> token = connect.password()
                .flatMap(password -> tokens.open(new String(password, StandardCharsets.UTF_8)));
        if (token.isEmpty()) {
            return Verdict.refuse(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "the password is no token of this server");
        }
        if (!clock.instant().isBefore(token.get().expiresAt())) {
            return Verdict.refuse(new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "the token has expired", false));
        }
        return new Verdict(token, Optional.empty());
    }

    /** None is as good as any where MQTT lets a client have none [MQTT-3.1.3-7, MQTT 5 3.1.3.1]. */
    private static boolean isClientId(Connect connect) {
        boolean mayBeEmpty = connect.version() == MqttVersion.V5
                || connect.version() == MqttVersion.V3_1_1 && connect.cleanStart();
        String id = connect.clientId();
        return id.isEmpty() ? mayBeEmpty
                : id.length() <= CLIENT_ID_MAXIMUM && id.codePoints().noneMatch(DashboardAdmission::breaksLines);
    }

    /** It stands in log lines. */
    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
