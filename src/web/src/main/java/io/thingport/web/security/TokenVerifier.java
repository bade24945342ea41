package io.thingport.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes JSON Web Tokens for callers [MicroProfile JWT 2.1]: a token has to be signed, in time, of one issuer, and for one of
 * the audiences, where there are any. The claim {@code groups} holds its scopes, {@code products} the product keys that it is
 * confined to, {@code upn}, {@code preferred_username} or {@code sub} whose it is. For any thread; may wait for the keys of
 * the issuer as long as their source does.
 */
final class TokenVerifier {

    /** The clock of the issuer may differ by that much. */
    private static final int SKEW_SECONDS = 60;
    private static final int PRODUCTS_MAXIMUM = 100;
    private static final int NAME_MAXIMUM = 100;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param keys      the keys that may have signed, and by which algorithm
     * @param audiences empty = any
     */
    TokenVerifier(JWSKeySelector<SecurityContext> keys, String issuer, Set<String> audiences) {
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                audiences.isEmpty() ? null : audiences, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp"),
                Set.of());
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(claims);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    }

    /**
     * The caller of a token.
     *
     * @throws ProblemException {@link ProblemCode#UNAUTHENTICATED} when it does not hold; {@link ProblemCode#UNAVAILABLE} when
     *                          the keys of the issuer are not to be had
     */
    Caller verify(String token) {
        try {
            return caller(processor.process(token, null));
        } catch (ParseException | BadJOSEException e) {
            throw refused();
        } catch (JOSEException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the keys of the token's issuer are not to be had now");
        }
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        list(claims, "groups").stream().flatMap(group -> scope(group).stream()).forEach(scopes::add);
        String name = Stream.of("upn", "preferred_username", "sub").flatMap(claim -> text(claims, claim).stream()).findFirst()
                .orElseThrow(TokenVerifier::refused);
        if (name.length() > NAME_MAXIMUM || name.chars().anyMatch(Character::isISOControl)) {
            throw refused();
        }
        return new Caller(Caller.TOKEN + name, scopes, products(claims), OptionalInt.empty());
    }

    /** An empty list, or null, would open all products where it looks as if it opened none. */
    private static Set<String> products(JWTClaimsSet claims) throws ParseException {
        if (!claims.getClaims().containsKey("products")) {
            return Set.of();
        }
        List<String> products = list(claims, "products");
        if (products.isEmpty() || products.size() > PRODUCTS_MAXIMUM || products.contains(null)) {
            throw refused();
        }
        return Set.copyOf(products);
    }

    private static List<String> list(JWTClaimsSet claims, String name) throws ParseException {
        return Optional.ofNullable(claims.getStringListClaim(name)).orElse(List.of());
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getClaim(name)).filter(String.class::isInstance).map(String.class::cast)
                .filter(text -> !text.isBlank());
    }

    /** A group that is no scope belongs to another application. */
    private static Optional<Scope> scope(String group) {
        return Stream.of(Scope.values()).filter(scope -> DashedName.of(scope).equals(group)).findFirst();
    }

    private static ProblemException refused() {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, "the token is not valid");
    }
}
