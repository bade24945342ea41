package io.thingport.web.openapi;

import io.thingport.platform.secrets.Secret;

/** What a request is signed with. Verified by {@link Gatekeeper}, on the request's thread. */
sealed interface RequestSignature permits SignatureV1, SignatureAcs3 {

    /** Whose it says it is. */
    String accessKeyId();

    /** Given once only by its caller. */
    String nonce();

    /** When it was made, as {@code yyyy-MM-ddTHH:mm:ssZ}. */
    String timestamp();

    /** Whether it was made with this secret; takes a time that does not depend on where the two differ. */
    boolean isMadeWith(Secret secret);

    /** What had to be signed, for a client to compare with its own. */
    String stringToSign();
}
