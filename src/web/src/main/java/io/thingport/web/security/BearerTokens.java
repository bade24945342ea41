package io.thingport.web.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import io.thingport.platform.accesskey.Caller;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Callers with a token instead of an access key, as the standard keys of MicroProfile JWT configure it; without them there
 * are none. Not by the server's own feature for it: that authenticates before any filter, takes over HTTP Basic with it, and
 * answers in its own form.
 */
@ApplicationScoped
public class BearerTokens {

    private static final Logger LOG = System.getLogger(BearerTokens.class.getName());
    private static final String SCHEME = "Bearer ";
    private static final String VERIFY = "mp.jwt.verify.";

    private Optional<TokenVerifier> verifier = Optional.empty();

    @PostConstruct
    void configure() {
        try {
            verifier = verifier(ConfigProvider.getConfig());
        } catch (IOException | GeneralSecurityException | ParseException | IllegalArgumentException e) {
            LOG.log(Level.ERROR, "tokens are refused, their configuration is wrong: {0}", e.getMessage());
        }
    }

    /** The token in an Authorization header; empty when it holds none. */
    static Optional<String> token(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** @throws ProblemException when the token does not hold, or none does */
    Caller authenticate(String token) {
        return verifier.orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED,
                "the server takes no tokens; use an access key")).verify(token);
    }

    private static Optional<TokenVerifier> verifier(Config config)
            throws IOException, GeneralSecurityException, ParseException {
        Optional<String> text = setting(config, "publickey");
        Optional<String> location = setting(config, "publickey.location");
        if (text.isEmpty() && location.isEmpty()) {
            return Optional.empty();
        }
        JWSAlgorithm algorithm = TokenKeys.algorithm(setting(config, "publickey.algorithm").orElse("RS256"));
        JWSKeySelector<SecurityContext> keys = text.isPresent() ? TokenKeys.of(text.get(), algorithm)
                : TokenKeys.at(location.get(), algorithm);
        String issuer = setting(config, "issuer").orElseThrow(() -> new IllegalArgumentException(VERIFY + "issuer is missing"));
        Set<String> audiences = setting(config, "audiences").stream().flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip).collect(Collectors.toSet());
        return Optional.of(new TokenVerifier(keys, issuer, audiences));
    }

    private static Optional<String> setting(Config config, String key) {
        return config.getOptionalValue(VERIFY + key, String.class).filter(value -> !value.isBlank());
    }
}
