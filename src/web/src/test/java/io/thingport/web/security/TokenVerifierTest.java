package io.thingport.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final String ISSUER = "https://issuer.example";
    private static RSAKey key;
    private static RSAKey other;
    private static String pem;
    private static TokenVerifier verifier;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        other = new RSAKeyGenerator(2048).keyID("one").generate();
        pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.toPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        verifier = new TokenVerifier(TokenKeys.of(pem, JWSAlgorithm.RS256), ISSUER, Set.of("thingport"));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience("thingport").subject("shop")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("groups", List.of("message", "read", "somebody else's"));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(key));
    }

    private static void assertRefused(String token) {
        assertThatThrownBy(() -> verifier.verify(token)).extracting("code").isEqualTo(ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void groupsAreScopes() throws Exception {
        assertThat(verifier.verify(signed(claims())))
                .isEqualTo(new Caller("jwt:shop", Set.of(Scope.MESSAGE, Scope.READ)));
    }

    @Test
    void productsConfineIt() throws Exception {
        assertThat(verifier.verify(signed(claims().claim("products", List.of("a1")))))
                .isEqualTo(new Caller("jwt:shop", Set.of(Scope.MESSAGE, Scope.READ), Set.of("a1"), OptionalInt.empty()));
    }

    @Test
    void aConfinedOneAdministersNothing() throws Exception {
        Caller caller = verifier.verify(signed(claims().claim("products", List.of("a1")).claim("groups", List.of("administer"))));
        assertThat(caller.may(Scope.ADMINISTER)).isFalse();
    }

    @Test
    void emptyOrMalformedProductsAreRefused() throws Exception {
        assertRefused(signed(claims().claim("products", List.of())));
        assertRefused(signed(claims().claim("products", "a1")));
    }

    @Test
    void noProductsAtAllAreNotAllProducts() throws Exception {
        assertRefused(signedWithProducts(null));
        assertRefused(signedWithProducts(Collections.singletonList(null)));
    }

    private static String signedWithProducts(Object products) throws JOSEException {
        Map<String, Object> content = claims().build().toJSONObject();
        content.put("products", products);
        JWSObject token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), new Payload(JSONObjectUtils.toJSONString(content)));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void theNameOfAUserGoesBeforeTheSubject() throws Exception {
        assertThat(verifier.verify(signed(claims().claim("upn", "jane"))).accessKeyId()).isEqualTo("jwt:jane");
    }

    @Test
    void nobodysIsRefused() throws Exception {
        assertRefused(signed(claims().subject(null)));
    }

    @Test
    void anExpiredOneIsRefused() throws Exception {
        assertRefused(signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(61)))));
    }

    @Test
    void oneThatNeverExpiresIsRefused() throws Exception {
        assertRefused(signed(claims().expirationTime(null)));
    }

    @Test
    void oneThatIsNotYetValidIsRefused() throws Exception {
        assertRefused(signed(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(120)))));
    }

    @Test
    void oneOfAnotherIssuerIsRefused() throws Exception {
        assertRefused(signed(claims().issuer("https://other.example")));
    }

    @Test
    void oneForAnotherAudienceIsRefused() throws Exception {
        assertRefused(signed(claims().audience("shop")));
    }

    @Test
    void oneOfAnotherKeyIsRefused() throws Exception {
        assertRefused(signed(claims().build(), JWSAlgorithm.RS256, new RSASSASigner(other)));
    }

    @Test
    void oneOfAnotherAlgorithmIsRefused() throws Exception {
        assertRefused(signed(claims().build(), JWSAlgorithm.RS512, new RSASSASigner(key)));
    }

    @Test
    void anUnsignedOneIsRefused() {
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() throws Exception {
        assertRefused(signed(claims().build(), JWSAlgorithm.HS256, new MACSigner(pem.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsNoTokenIsRefused() {
        assertRefused("");
        assertRefused("a.b.c");
    }

    @Test
    void aSetOfKeysServesAsWell() throws Exception {
        String keys = new JWKSet(key.toPublicJWK()).toString();
        TokenVerifier bySet = new TokenVerifier(TokenKeys.of(keys, JWSAlgorithm.RS256), ISSUER, Set.of());

        assertThat(bySet.verify(signed(claims())).accessKeyId()).isEqualTo("jwt:shop");
    }

    @Test
    void keysThatCannotBeFetchedAreNoFaultOfTheToken() throws Exception {
        TokenVerifier absent = new TokenVerifier(TokenKeys.at("http://127.0.0.1:1/keys", JWSAlgorithm.RS256), ISSUER, Set.of());
        String token = signed(claims());

        assertThatThrownBy(() -> absent.verify(token)).extracting("code").isEqualTo(ProblemCode.UNAVAILABLE);
    }

    @Test
    void symmetricAlgorithmsCannotBeConfigured() {
        assertThatThrownBy(() -> TokenKeys.algorithm("HS256")).isInstanceOf(IllegalArgumentException.class);
    }
}
