package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.KnownKeys;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Lets in who signed a request, once and in time. From any thread. */
final class Gatekeeper {

    /** How much a client's clock may differ from the server's. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    /** What was signed is repeated in the answer up to so many characters. */
    static final int TOLD_MAXIMUM = 16 * 1024;

    private static final int TIMESTAMP_LENGTH = "2018-01-20T00:00:00Z".length();

    private final KnownKeys keys;
    private final NonceMemory nonces;
    private final Clock clock;

    Gatekeeper(KnownKeys keys, NonceMemory nonces, Clock clock) {
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * The caller who made a signature.
     *
     * @throws GatewayException when it was made by nobody, at another time, or has come before
     */
    Caller admit(RequestSignature signature) {
        long made = seconds(signature.timestamp());
        long now = clock.instant().getEpochSecond();
        if (Math.abs(made - now) > WINDOW.toSeconds()) {
            throw expired();
        }
        if (keys.find(signature.accessKeyId()).isEmpty()) { // told apart in the answer anyway, so no work for strangers
            throw new GatewayException(GatewayError.INVALID_ACCESS_KEY_ID, "There is no such access key, or it is disabled.");
        }
        Caller caller = keys.authenticate(signature.accessKeyId(), signature::isMadeWith)
                .orElseThrow(() -> refusal(signature));
        switch (nonces.use(caller.accessKeyId(), signature.nonce(), made, now)) {
            case USED -> throw new GatewayException(GatewayError.SIGNATURE_NONCE_USED,
                    "The nonce of the signature was used before; every request needs another one.");
            case FORGOTTEN -> throw expired();
            case FULL -> throw new GatewayException(GatewayError.SERVICE_UNAVAILABLE,
                    "There are more requests than the server remembers.");
            case NEW -> { }
        }
        return caller;
    }

    private GatewayException refusal(RequestSignature signature) {
        String content = signature.stringToSign();
        if (content.length() > TOLD_MAXIMUM) { // else strangers would have long answers sent for nothing
            return new GatewayException(GatewayError.SIGNATURE_DOES_NOT_MATCH,
                    "The signature is not the one that the server makes of the request, which is too long to be repeated.");
        }
        // an SDK compares the end with its own, to tell a wrong secret from other content
        return new GatewayException(GatewayError.SIGNATURE_DOES_NOT_MATCH,
                "The signature is not the one that the server makes of the request. server string to sign is:" + content);
    }

    private static GatewayException expired() {
        return new GatewayException(GatewayError.INVALID_TIME_STAMP,
                "The time of the request is too far from the server's; synchronize the clock.");
    }

    private static long seconds(String timestamp) {
        if (timestamp.length() == TIMESTAMP_LENGTH && timestamp.endsWith("Z")) {
            try {
                return LocalDateTime.of(digits(timestamp, 0, 4), separated(timestamp, '-', 5), separated(timestamp, '-', 8),
                        separated(timestamp, 'T', 11), separated(timestamp, ':', 14), separated(timestamp, ':', 17))
                        .toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw malformed();
            }
        }
        throw malformed();
    }

    /** A number of two digits behind a separator. */
    private static int separated(String timestamp, char separator, int start) {
        if (timestamp.charAt(start - 1) != separator) {
            throw malformed();
        }
        return digits(timestamp, start, start + 2);
    }

    private static int digits(String timestamp, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = timestamp.charAt(i);
            if (c < '0' || c > '9') {
                throw malformed();
            }
            number = 10 * number + c - '0';
        }
        return number;
    }

    private static GatewayException malformed() {
        return new GatewayException(GatewayError.MALFORMED_TIME_STAMP,
                "The time of the request has to be UTC in the form yyyy-MM-ddTHH:mm:ssZ.");
    }
}
