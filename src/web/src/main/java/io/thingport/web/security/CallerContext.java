package io.thingport.web.security;

import io.thingport.platform.accesskey.Caller;
import io.thingport.web.DashedName;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** An authenticated caller, as JAX-RS sees one. Roles are scopes in lower case. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
        return caller::accessKeyId;
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
}
