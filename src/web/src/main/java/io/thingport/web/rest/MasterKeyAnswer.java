package io.thingport.web.rest;

import io.thingport.platform.rotation.RotationStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The versions of the master key, without the keys. */
@Schema(name = "MasterKey", requiredProperties = {"version", "source", "sealing", "done", "left", "versions"})
public record MasterKeyAnswer(
        @Schema(description = "The version that seals now") int version,
        @Schema(description = "Where the key comes from", enumeration = {"file", "configuration"}) String source,
        @Schema(description = "Whether secrets are being sealed with this version that were sealed with another")
        boolean sealing,
        @Schema(description = "How many secrets are sealed with this version") long done,
        @Schema(description = "How many are not yet") long left,
        @Schema(description = "An older version that is not listed is needed no more") List<Version> versions) {

    /** How many secrets are sealed with a version. */
    @Schema(name = "MasterKeyVersion", requiredProperties = {"version", "secrets"})
    public record Version(int version, long secrets) {
    }

    static MasterKeyAnswer of(RotationStatus status) {
        long done = status.sealed().get(status.version());
        long all = status.sealed().values().stream().mapToLong(Long::longValue).sum();
        return new MasterKeyAnswer(status.version(), status.fromFile() ? "file" : "configuration", status.running(),
                done, all - done,
                status.sealed().entrySet().stream().map(e -> new Version(e.getKey(), e.getValue())).toList());
    }
}
