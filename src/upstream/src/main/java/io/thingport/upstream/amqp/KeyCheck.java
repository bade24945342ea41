package io.thingport.upstream.amqp;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.accesskey.Caller;
import java.util.Optional;

/** Asks whether a signature was made with the secret of an access key. */
@FunctionalInterface
public interface KeyCheck {

    /**
     * The caller with this key, or empty when the id is unknown, the key disabled or the signature wrong. May block; may fail
     * with an unchecked exception when nobody knows.
     *
     * @param content   what is signed
     * @param signature Base64
     */
    Optional<Caller> check(String accessKeyId, SignMethod method, String content, String signature);
}
