package io.thingport.platform.access;

import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DirectoryAnswer;
import java.util.Optional;
import java.util.function.Consumer;

/** A CONNECT that is in order; who has sent it has to be looked up. */
public sealed interface Applicant extends Admission.Examination permits Claim, Bearer {

    /** Whether {@link #find} would answer at once. */
    boolean isKnownTo(DeviceDirectory directory);

    /** Asks who it is, as {@link DeviceDirectory} answers. */
    void find(DeviceDirectory directory, Consumer<DirectoryAnswer> then);

    /** What it claims now that this is known; empty when it is nobody. */
    Optional<Claim> claim(DirectoryAnswer answer);

    /** For the log. */
    String name();
}
