package io.thingport.platform.access;

import io.thingport.mqtt.Connect;
import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.MqttVersion;
import io.thingport.mqtt.Peer;
import io.thingport.mqtt.ReasonCode;
import io.thingport.platform.access.Refusal.Truth;
import io.thingport.platform.config.Settings;
import io.thingport.platform.devicelog.LogCode;
import io.thingport.platform.registry.AcceptedCertificates;
import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.DeviceCredentials;
import io.thingport.platform.registry.DeviceSecrets;
import io.thingport.platform.registry.DeviceToken;
import io.thingport.platform.registry.DirectoryAnswer;
import io.thingport.platform.registry.Fingerprint;
import io.thingport.platform.secrets.Secret;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decides whether a CONNECT is let in. {@link #examine} makes the checks that need nothing but the packet, in this order:
 * authentication method, presence of user name and password, client identifier, keep-alive, user name.
 * {@link #judge} makes those that need to know the device: its proof, whether it may connect, will and User Properties.
 * Whether a device exists is not told to one who does not know its secret.
 *
 * <p>The proof is a signature, or a certificate shown in the TLS handshake where the device's product is of {@link
 * Authentication#X509}. Who shows one and sends no password may leave out what else has to be there: the user name, and
 * all of the client identifier but its base.
 */
public final class Admission {

    /** The longest base of a client identifier. */
    public static final int BASE_MAXIMUM = 64;

    private static final int SECRET_BYTES = 16;
    private static final byte[] NO_PASSWORD = {};
    private static final Refusal UNPROVEN = new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD,
            "unknown device or wrong signature");

    /** Of a device that nobody has registered; its product may be unknown, too. */
    public static final Truth UNKNOWN_DEVICE = new Truth(LogCode.REQUEST, "unknown device");

    private final Settings.KeepAlive keepAlive;
    private final Settings.Will will;
    private final Clock clock;
    private final Secret nobody;

    /** What {@link #examine} finds. */
    public sealed interface Examination permits Applicant, RegistrationClaim, Refusal {
    }

    /** What {@link #judge} decides. */
    public sealed interface Verdict permits Admitted, FirstUse, Refusal {
    }

    /** The device is who it says and may connect. */
    public record Admitted(Claim claim, DeviceCredentials credentials) implements Verdict {
    }

    /** The device is who it says, and may connect once it is noted that this token is used. */
    public record FirstUse(Claim claim, DeviceToken token) implements Verdict {
    }

    /** @param clock tells whether a previous secret is still valid */
    public Admission(Settings.KeepAlive keepAlive, Settings.Will will, Clock clock) {
        this.keepAlive = keepAlive;
        this.will = will;
        this.clock = clock;
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.nobody = Secret.of(HexFormat.of().formatHex(random));
    }

    /** Checks the packet and who has sent it, as far as the connection tells. */
    public Examination examine(Connect connect, Peer peer) {
        if (connect.authenticationMethod().isPresent()) {
            // Before anything else: the method would say what the credentials mean.
            return new Refusal(ReasonCode.BAD_AUTHENTICATION_METHOD, "no authentication method is supported");
        }
        boolean shown = peer.certificate().isPresent() && connect.password().filter(p -> p.length > 0).isEmpty();
        if (!shown && (connect.userName().isEmpty() || connect.password().isEmpty())) {
            return new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "user name and password are required")
                    .logged(new Truth(LogCode.CONNECT_PARAMETER, missing(connect)));
        }
        boolean v5 = connect.version() == MqttVersion.V5;
        boolean plain = connect.clientId().isEmpty() ? v5 || shown : shown && connect.clientId().indexOf('|') < 0;
        Optional<ClientIdentifier> parsed = plain ? Optional.of(ClientIdentifier.plain(connect.clientId()))
                : ClientIdentifier.parse(connect.clientId());
        if (parsed.isEmpty()) {
            return new Refusal(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "the client identifier has to be clientId|key=value,key=value| with a known signmethod")
                    .logged(ClientIdentifier.problem(connect.clientId()));
        }
        ClientIdentifier id = parsed.get();
        if (id.base().length() > BASE_MAXIMUM || id.base().isEmpty() && !v5 && !shown) {
            return new Refusal(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "the client identifier needs 1 to " + BASE_MAXIMUM + " characters before the first bar");
        }
        Optional<Refusal> notOffered = authentication(id, peer);
        if (notOffered.isPresent()) {
            return notOffered.get();
        }
        if (id.asksForSecret() || id.asksForToken()) {
            return registration(connect, id);
        }
        if (connect.keepAlive() < keepAlive.minimum().toSeconds()
                || connect.keepAlive() > keepAlive.maximum().toSeconds()) {
            return new Refusal(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, "the keep-alive has to be "
                    + keepAlive.minimum().toSeconds() + " to " + keepAlive.maximum().toSeconds() + " seconds");
        }
        Optional<Fingerprint> certificate = peer.certificate().filter(this::isValid).map(Fingerprint::of);
        if (shown && certificate.isEmpty()) {
            return new Refusal(ReasonCode.NOT_AUTHORIZED, "the certificate is not valid at this time: "
                    + Fingerprint.of(peer.certificate().get()), true);
        }
        if (shown && !Claim.named(connect)) {
            return new Bearer(certificate.get(), id, kept(connect));
        }
        Optional<DeviceKey> device = device(connect.userName().orElse(""));
        if (device.isEmpty()) {
            return badUserName(connect);
        }
        if (peer.pskIdentity().isPresent() && !isOf(device.get(), peer.pskIdentity().get())) {
            return new Refusal(ReasonCode.NOT_AUTHORIZED, "the pre-shared key is that of another device");
        }
        return new Claim(device.get(), id, connect.password().orElse(NO_PASSWORD), certificate, kept(connect));
    }

    private static boolean isOf(DeviceKey device, String pskIdentity) {
        return PskIdentity.parse(pskIdentity).filter(identity -> identity.device().equals(device)).isPresent();
    }

    /** Of a registration neither keep-alive nor will nor properties matter: nothing but the answer goes over it. */
    private static Examination registration(Connect connect, ClientIdentifier id) {
        if (id.random().filter(text -> !text.isEmpty()).isEmpty()) {
            return new Refusal(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "the client identifier needs random");
        }
        RegistrationRequest.Wanted wanted = id.asksForToken() ? RegistrationRequest.Wanted.TOKEN
                : RegistrationRequest.Wanted.SECRET;
        return device(connect.userName().orElse(""))
                .<Examination>map(device -> new RegistrationClaim(new RegistrationRequest(device, wanted, id.signMethod(),
                        id.random().get(), connect.password().orElse(NO_PASSWORD)), id, kept(connect)))
                .orElseGet(() -> badUserName(connect));
    }

    private static String missing(Connect connect) {
        if (connect.userName().isPresent()) {
            return "the password is missing";
        }
        return connect.password().isPresent() ? "the user name is missing" : "user name and password are missing";
    }

    /** Tells of the user name what it looks like and no more: a device that mixes up its settings may send a secret there. */
    private static Refusal badUserName(Connect connect) {
        String userName = connect.userName().orElse("");
        int and = userName.indexOf('&');
        String problem = and < 0 ? "has no &"
                : DeviceKey.isDeviceName(userName.substring(0, and)) ? "has no product key behind its &"
                : "has no device name before its &";
        return new Refusal(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "the user name has to be deviceName&productKey")
                .logged(new Truth(LogCode.CONNECT_PARAMETER, "the user name has to be deviceName&productKey; this one, of "
                        + userName.length() + " characters, " + problem));
    }

    /** The device that a CONNECT claims to come from, which is not proven; empty when its user name is none of a device. */
    public static Optional<DeviceKey> claimed(Connect connect) {
        return device(connect.userName().orElse(""));
    }

    private boolean isValid(X509Certificate certificate) {
        Instant now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant()) && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** While it is not known who has sent it: a thousand User Properties take many times their bytes. */
    private static Connect kept(Connect connect) {
        int most = PropertyLimits.USER_PROPERTIES_MAXIMUM + 1; // still too many
        return connect.userProperties().size() <= most ? connect
                : new Connect(connect.version(), connect.clientId(), connect.userName(), connect.password(), connect.keepAlive(),
                        connect.cleanStart(), connect.sessionExpiry(), connect.receiveMaximum(), connect.will(),
                        connect.authenticationMethod(), connect.userProperties().subList(0, most));
    }

    /** Checks who it claims to be against what is known about the device. Computes MACs: some 10 µs. */
    public Verdict judge(Applicant who, DirectoryAnswer answer) {
        if (answer instanceof DirectoryAnswer.Unavailable) {
            return new Refusal(ReasonCode.SERVER_UNAVAILABLE, "the device cannot be looked up now");
        }
        Optional<DeviceCredentials> found = answer instanceof DirectoryAnswer.Found f
                ? Optional.of(f.credentials())
                : Optional.empty();
        Optional<Claim> claimed = who.claim(answer);
        if (claimed.isEmpty()) {
            return notOf(((Bearer) who).certificate());
        }
        Claim claim = claimed.get();
        Optional<Refusal> unproven = unproven(claim, found);
        if (unproven.isPresent()) {
            return unproven.get();
        }
        if (!found.get().enabled()) {
            return new Refusal(ReasonCode.NOT_AUTHORIZED, "the device is disabled")
                    .logged(new Truth(LogCode.REQUEST, "the device is disabled"));
        }
        Connect connect = claim.connect();
        if (connect.will() && will == Settings.Will.REJECT) {
            // 0x83 would reach a 3.x device as "identifier rejected".
            return new Refusal(connect.version() == MqttVersion.V5
                    ? ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR
                    : ReasonCode.NOT_AUTHORIZED, "wills are not supported");
        }
        return PropertyLimits.check(connect.userProperties())
                .<Verdict>map(refusal -> refusal)
                .or(() -> firstUse(claim, found.get()))
                .orElse(new Admitted(claim, found.get()));
    }

    private Optional<Refusal> unproven(Claim claim, Optional<DeviceCredentials> found) {
        AcceptedCertificates accepted = found.map(DeviceCredentials::certificates).orElse(AcceptedCertificates.NONE);
        if (claim.certificate().filter(accepted.fingerprints()::contains).isPresent()) {
            return Optional.empty();
        }
        if (claim.byCertificate()) {
            return Optional.of(notOf(claim.certificate().get()));
        }
        Optional<Truth> wrong = wrong(claim, found.map(DeviceCredentials::secrets));
        if (wrong.isPresent()) {
            return wrong.map(UNPROVEN::logged);
        }
        return accepted.needed()
                ? Optional.of(new Refusal(ReasonCode.NOT_AUTHORIZED, "the device has to show a certificate of its own"))
                : Optional.empty();
    }

    private static Refusal notOf(Fingerprint certificate) {
        return new Refusal(ReasonCode.NOT_AUTHORIZED, "the certificate does not stand for the device: " + certificate, true);
    }

    /**
     * Tries the secret and then the previous one. Where there is none, nobody's is tried: the time tells neither that a
     * device is unknown nor that it has a previous secret.
     *
     * @return what is wrong with the proof, if anything
     */
    private Optional<Truth> wrong(Claim claim, Optional<DeviceSecrets> secrets) {
        if (claim.id().isByToken()) {
            return token(claim, secrets).isPresent() ? Optional.empty() : Optional.of(secrets.isEmpty() ? UNKNOWN_DEVICE
                    : new Truth(LogCode.SIGNATURE, "the password is no token of the device under this client id"));
        }
        if (proves(claim, secrets.map(DeviceSecrets::present))) {
            return Optional.empty();
        }
        Optional<DeviceSecrets.Previous> previous = secrets.flatMap(DeviceSecrets::previous);
        boolean byPrevious = proves(claim, previous.map(DeviceSecrets.Previous::secret));
        if (byPrevious && clock.instant().isBefore(previous.get().validUntil())) {
            return Optional.empty();
        }
        return Optional.of(secrets.isEmpty() ? UNKNOWN_DEVICE
                : byPrevious ? new Truth(LogCode.SIGNATURE, "the previous secret of the device was valid until "
                        + previous.get().validUntil())
                : new Truth(LogCode.SIGNATURE, "wrong signature: " + claim.id().signMethod()
                        + " over client id, device name, product key and timestamp gives something else with the device's secret"));
    }

    /** The token that a claim brings, if it is one of the device's. */
    private static Optional<DeviceToken> token(Claim claim, Optional<DeviceSecrets> secrets) {
        String hash = DeviceToken.hash(claim.password());
        return secrets.stream().flatMap(known -> known.tokens().stream())
                .filter(token -> token.clientId().equals(claim.id().base()) && token.hasHash(hash)).findAny();
    }

    private static Optional<Verdict> firstUse(Claim claim, DeviceCredentials device) {
        return claim.id().isByToken()
                ? token(claim, Optional.of(device.secrets())).filter(token -> !token.activated()).map(token -> new FirstUse(claim, token))
                : Optional.empty();
    }

    private boolean proves(Claim claim, Optional<Secret> secret) {
        return DeviceSignature.proves(claim.id(), claim.device(), claim.password(), secret.orElse(nobody))
                && secret.isPresent();
    }

    private static Optional<Refusal> authentication(ClientIdentifier id, Peer peer) {
        if (id.secureMode().equals(Optional.of("8")) || id.authType().equals(Optional.of("id2"))) {
            return Optional.of(new Refusal(ReasonCode.BAD_AUTHENTICATION_METHOD, "ID2 is not supported"));
        }
        boolean overTls = id.asksForSecret() || id.asksForToken() || id.isByToken();
        return overTls && !peer.secure() // a secret or token would be read on its way
                ? Optional.of(new Refusal(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "this authType needs TLS"))
                : Optional.empty();
    }

    private static Optional<DeviceKey> device(String userName) {
        int and = userName.indexOf('&');
        if (and < 0) {
            return Optional.empty();
        }
        String deviceName = userName.substring(0, and);
        String productKey = userName.substring(and + 1);
        return DeviceKey.isDeviceName(deviceName) && DeviceKey.isProductKey(productKey)
                ? Optional.of(new DeviceKey(productKey, deviceName))
                : Optional.empty();
    }
}
