package io.thingport.web.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;

/** The public keys of who issues tokens, in the forms that MicroProfile JWT has: a key in PEM, or a set of keys in JSON. */
final class TokenKeys {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int SIZE_MAXIMUM = 128 * 1024;

    private TokenKeys() {
    }

    /**
     * @param algorithm of RSA or elliptic curves; no other is taken, whatever a token says
     * @throws IllegalArgumentException when that is not one of them
     */
    static JWSAlgorithm algorithm(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        if (!JWSAlgorithm.Family.RSA.contains(algorithm) && !JWSAlgorithm.Family.EC.contains(algorithm)) {
            throw new IllegalArgumentException("mp.jwt.verify.publickey.algorithm: " + name + " is none of RSA or elliptic curves");
        }
        return algorithm;
    }

    /** Keys in a file, or at an HTTP address, from which they are fetched when a token needs them and kept for 5 minutes. */
    static JWSKeySelector<SecurityContext> at(String location, JWSAlgorithm algorithm)
            throws IOException, GeneralSecurityException, ParseException {
        if (location.startsWith("http:") || location.startsWith("https:")) {
            JWKSource<SecurityContext> fetched = JWKSourceBuilder.<SecurityContext>create(URI.create(location).toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, SIZE_MAXIMUM))
                    .refreshAheadCache(false) // it would have threads of its own
                    .build();
            return new JWSVerificationKeySelector<>(algorithm, fetched);
        }
        Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        return of(Files.readString(file), algorithm);
    }

    /** Keys in a text. */
    static JWSKeySelector<SecurityContext> of(String text, JWSAlgorithm algorithm)
            throws GeneralSecurityException, ParseException {
        String keys = text.strip();
        if (keys.startsWith("{")) {
            return new JWSVerificationKeySelector<>(algorithm, new ImmutableJWKSet<>(JWKSet.parse(keys)));
        }
        byte[] der = Base64.getMimeDecoder().decode(keys.replaceAll("-----[A-Z ]+-----", ""));
        String family = JWSAlgorithm.Family.RSA.contains(algorithm) ? "RSA" : "EC";
        return new SingleKeyJWSKeySelector<>(algorithm, KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der)));
    }
}
