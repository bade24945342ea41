package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttChannel;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Origin;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.TlsFailure;
import io.thingport.platform.access.Admission;
import io.thingport.platform.access.Claim;
import io.thingport.platform.access.Refusal;
import io.thingport.platform.access.Refusal.Truth;
import io.thingport.platform.access.RegistrationClaim;
import io.thingport.platform.devicelog.DeviceLog;
import io.thingport.platform.devicelog.LogBudget;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.devicelog.LogDraft;
import io.thingport.platform.devicelog.LogKind;
import io.thingport.platform.devicelog.LogLevel;
import io.thingport.platform.devicelog.PresentLevels;
import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.upstream.OfflineReason;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Writes into the device log how devices come and go, and why they do not come. Strangers, who may make names up, get so
 * many entries in a second for each address and so many in all; those who have proven who they are get theirs apart. From
 * any thread, never blocks.
 */
final class ConnectEvents {

    /** Entries in a second about refusals to one address that has proven nothing. */
    static final int OF_STRANGER = 5;
    /** Entries in a second about refusals to all of them. */
    static final int OF_STRANGERS = 50;
    /** Entries in a second about refusals to one device that has proven who it is. */
    static final int OF_DEVICE = 2;
    /** Entries in a second about refusals to all of them. */
    static final int OF_DEVICES = 200;

    private static final int COUNTED = 10_000;
    /** What may be a secret or a signature that went astray. */
    private static final Pattern LONG_HEXADECIMAL = Pattern.compile("\\p{XDigit}{32,}");

    private final DeviceLog log;
    private final PresentLevels levels;
    private final DeviceDirectory directory;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final LogBudget<Origin> strangers;
    private final LogBudget<DeviceKey> devices;

    ConnectEvents(DeviceLog log, PresentLevels levels, DeviceDirectory directory, Clock clock, LongSupplier nanoTime) {
        this.log = log;
        this.levels = levels;
        this.directory = directory;
        this.clock = clock;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.strangers = new LogBudget<>(OF_STRANGER, OF_STRANGERS, COUNTED, now);
        this.devices = new LogBudget<>(OF_DEVICE, OF_DEVICES, COUNTED, now);
    }

    /** Entries about refusals that were left out, since the start. */
    long leftOut() {
        return strangers.leftOut() + devices.leftOut();
    }

    /** A device has connected. */
    void connected(Connection connection, Claim claim, boolean resumed) {
        long now = clock.millis();
        if (connection.session().logLevel(now).includes(LogLevel.EVENTS)) {
            Peer peer = connection.channel().peer();
            log.add(about(claim.connect(), new LogDraft(LogKind.CONNECT, now).device(claim.device()).address(text(peer)))
                    .detail("clientId", claim.connect().clientId())
                    .detail("transport", transport(peer))
                    .detail("proof", proof(claim, peer))
                    .detail("session", resumed ? "resumed" : "new")
                    .userProperties(claim.connect().userProperties())
                    .entry());
        }
    }

    /** A device was given what it is to connect with. */
    void registered(MqttChannel channel, RegistrationClaim claim) {
        DeviceKey device = claim.request().device();
        long now = clock.millis();
        if (levels.of(device, now).includes(LogLevel.EVENTS)) {
            log.add(about(claim.connect(), new LogDraft(LogKind.CONNECT, now).device(device).address(text(channel.peer())))
                    .detail("registered", claim.request().wanted().name().toLowerCase(Locale.ROOT))
                    .entry());
        }
    }

    /** A device's connection has ended. */
    void disconnected(Connection connection, OfflineReason reason, String why, Optional<ReasonCode> code) {
        long now = clock.millis();
        LogLevel level = reason == OfflineReason.DISCONNECTED ? LogLevel.EVENTS : LogLevel.FAILURES;
        if (connection.session().logLevel(now).includes(level)) {
            LogDraft draft = new LogDraft(LogKind.DISCONNECT, now).device(connection.session().device())
                    .address(connection.info().address())
                    .duration(Duration.ofMillis(Math.max(0, now - connection.info().since().toEpochMilli())))
                    .failed(reason.code(), why);
            code.ifPresent(c -> draft.detail("reasonCode", MessageEvents.text(c)));
            log.add(draft.entry());
        }
    }

    /** Why a channel has closed, in the words of the Aliyun IoT Platform's logs where they have some. */
    static String text(CloseReason why) {
        return switch (why.cause()) {
            case CLIENT_DISCONNECT -> "Device disconnect";
            case CONNECTION_LOST -> "Connection reset by peer";
            case KEEP_ALIVE_TIMEOUT -> "Keepalive timeout";
            case PROTOCOL_ERROR, SERVER -> why.text();
        };
    }

    /** A CONNECT is refused. */
    void refused(MqttChannel channel, Newcomer who, Refusal refusal) {
        long now = clock.millis();
        LogLevel level = who.device().map(device -> levels.of(device, now)).orElse(levels.server());
        if (!level.includes(LogLevel.FAILURES)) {
            return;
        }
        InetSocketAddress from = channel.peer().address();
        OptionalInt before = who.proven() ? devices.take(who.device().orElseThrow(), nanoTime.getAsLong())
                : strangers.take(Origin.of(from), nanoTime.getAsLong());
        if (before.isEmpty()) {
            return;
        }
        LogDraft draft = new LogDraft(LogKind.CONNECT, now).address(text(channel.peer()))
                .detail("reasonCode", MessageEvents.text(refusal.reason()))
                .detail("transport", transport(channel.peer()))
                .leftOutBefore(before.getAsInt());
        who.device().ifPresent(draft::device);
        who.certificate().ifPresent(certificate -> draft.detail("certificate", certificate.hex()));
        who.connect().ifPresentOrElse(connect -> about(connect, draft).detail("clientId", masked(connect.clientId())),
                () -> draft.detail("client", masked(who.name())));
        Truth truth = refusal.truth().orElseGet(() -> new Truth(code(refusal.reason()), refusal.why()));
        if (truth == Admission.UNKNOWN_DEVICE) {
            tellUnknown(draft, who.device().orElseThrow());
        } else if (truth == Registering.UNPROVEN) {
            tellUnproven(draft, who.device().orElseThrow());
        } else {
            log.add(draft.failed(truth.code(), truth.why()).entry());
        }
    }

    /** Looks whether it is the product that is unknown; only now that the client has its answer, which so tells nothing. */
    private void tellUnknown(LogDraft draft, DeviceKey device) {
        directory.knowsProduct(device.productKey(), known -> log.add((known
                ? draft.failed(LogCode.REQUEST, "unknown device")
                : draft.failed(LogCode.UNKNOWN_PRODUCT, "unknown product")).entry()));
    }

    private void tellUnproven(LogDraft draft, DeviceKey device) {
        directory.find(device, answer -> {
            if (answer instanceof DirectoryAnswer.Unknown) {
                directory.knowsProduct(device.productKey(), known -> log.add((known
                        ? draft.failed(LogCode.REQUEST, "unknown device, or not signed with the product's secret")
                        : draft.failed(LogCode.UNKNOWN_PRODUCT, "unknown product")).entry()));
            } else {
                log.add(draft.failed(LogCode.SIGNATURE, "wrong signature: not made with the product's secret").entry());
            }
        });
    }

    /** A TLS handshake came to nothing. */
    void handshakeFailed(InetSocketAddress from, TlsFailure why, String detail) {
        if (why != TlsFailure.ENDED) { // probes and port scans
            turnedAway(from, LogCode.CONNECTION, "TLS handshake failed: " + text(why), detail);
        }
    }

    /** What came is no CONNECT, or one that breaks the protocol. */
    void malformed(InetSocketAddress from, ReasonCode reason, String why) {
        turnedAway(from, code(reason), why, MessageEvents.text(reason));
    }

    private void turnedAway(InetSocketAddress from, int code, String why, String detail) {
        if (levels.server().includes(LogLevel.FAILURES)) {
            strangers.take(Origin.of(from), nanoTime.getAsLong()).ifPresent(before -> {
                LogDraft draft = new LogDraft(LogKind.CONNECT, clock.millis()).address(text(from)).failed(code, why)
                        .leftOutBefore(before);
                log.add((detail.isEmpty() ? draft : draft.detail("detail", detail)).entry());
            });
        }
    }

    private static String text(TlsFailure why) {
        return switch (why) {
            case ENDED -> "the client went";
            case NO_TLS -> "the client speaks no TLS, and nothing else is spoken at this port";
            case NO_MATERIAL -> "the server has no certificate yet";
            case VERSION -> "no protocol version in common";
            case SUITE -> "no cipher suite in common";
            case NO_CERTIFICATE -> "the client has to show a certificate and has none";
            case CERTIFICATE -> "the client's certificate is not accepted";
            case ALERT -> "the client refused: often it does not know who has issued the server's certificate";
            case PROTOCOL -> "the protocol was broken, or the pre-shared key is wrong or unknown";
        };
    }

    private static LogDraft about(Connect connect, LogDraft draft) {
        return draft.detail("protocol", protocol(connect.version()))
                .detail("keepAlive", Integer.toString(connect.keepAlive()))
                .detail(connect.version() == MqttVersion.V5 ? "cleanStart" : "cleanSession",
                        Boolean.toString(connect.cleanStart()));
    }

    private static String protocol(MqttVersion version) {
        return switch (version) {
            case V3_1 -> "MQTT 3.1";
            case V3_1_1 -> "MQTT 3.1.1";
            case V5 -> "MQTT 5.0";
        };
    }

    private static String transport(Peer peer) {
        return peer.secure() ? "encrypted" : "plain";
    }

    private static String proof(Claim claim, Peer peer) {
        return peer.pskIdentity().isPresent() ? "pre-shared key and signature"
                : claim.password().length == 0 ? "certificate"
                : claim.id().isByToken() ? "token" : "signature";
    }

    /** Of a reason for which there is nothing more precise. */
    private static int code(ReasonCode reason) {
        return switch (reason) {
            case CONNECTION_RATE_EXCEEDED, QUOTA_EXCEEDED -> LogCode.RATE;
            case SERVER_UNAVAILABLE, SERVER_BUSY, UNSPECIFIED_ERROR -> LogCode.INTERNAL;
            case NOT_AUTHORIZED -> LogCode.FORBIDDEN;
            case CLIENT_IDENTIFIER_NOT_VALID, BAD_AUTHENTICATION_METHOD, IMPLEMENTATION_SPECIFIC_ERROR,
                    MALFORMED_PACKET, PROTOCOL_ERROR, UNSUPPORTED_PROTOCOL_VERSION -> LogCode.CONNECT_PARAMETER;
            default -> LogCode.REQUEST;
        };
    }

    private static String text(Peer peer) {
        return text(peer.address());
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString();
    }

    private static String masked(String fromOutside) {
        return LONG_HEXADECIMAL.matcher(fromOutside).replaceAll("***");
    }
}
