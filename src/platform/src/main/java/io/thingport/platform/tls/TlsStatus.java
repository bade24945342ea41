package io.thingport.platform.tls;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with what the server proves itself with.
 *
 * @param configured whether files are named
 * @param subject    of the certificate in use, if any is
 * @param expiry     when the first of its chain expires
 * @param problem    what is wrong with the files as they are now; what was in use before still is
 */
public record TlsStatus(boolean configured, Optional<String> subject, Optional<Instant> expiry, Optional<String> problem) {
}
