package io.thingport.web.rest;

import io.thingport.platform.accesskey.RotatedKey;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The new secret of an access key, which is not told again. Prints none. */
@Schema(name = "RotatedAccessKey", requiredProperties = "accessKeySecret")
public record RotatedKeyAnswer(String accessKeySecret,
        @Schema(description = "Until when the old secret is valid, too; absent when it is not")
        Optional<Instant> previousValidUntil) {

    static RotatedKeyAnswer of(RotatedKey rotated) {
        return new RotatedKeyAnswer(rotated.secret().reveal(), rotated.previousValidUntil());
    }

    @Override
    public String toString() {
        return "RotatedKeyAnswer[" + previousValidUntil + "]";
    }
}
