package io.thingport.web.security;

import io.thingport.platform.accesskey.Caller;
import io.thingport.web.DashedName;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** An authenticated caller, as JAX-RS sees one. Roles are scopes in lower case. */
public record CallerContext(Caller caller, boolean secure) implements SecurityContext {

    /** The caller of a request; what is injected is not this record but stands for it, so its principal tells. */
    public static Caller caller(SecurityContext context) {
        return ((CallerPrincipal) context.getUserPrincipal()).caller();
    }

    /**
     * The id of a caller's access key, for what ends with the key.
     *
     * @throws ProblemException {@link ProblemCode#ACCESS_KEY_NEEDED} when he has a token
     */
    public static String accessKeyOf(SecurityContext context) {
        Caller caller = caller(context);
        if (!caller.hasAccessKey()) {
            throw new ProblemException(ProblemCode.ACCESS_KEY_NEEDED,
                    "streams and tokens of dashboards end with an access key, so they need one");
        }
        return caller.accessKeyId();
    }

    @Override
    public Principal getUserPrincipal() {
        return new CallerPrincipal(caller);
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.scopes().stream().anyMatch(scope -> DashedName.of(scope).equals(role));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return SecurityContext.BASIC_AUTH;
    }

    private record CallerPrincipal(Caller caller) implements Principal {
        @Override
        public String getName() {
            return caller.accessKeyId();
        }
    }
}
