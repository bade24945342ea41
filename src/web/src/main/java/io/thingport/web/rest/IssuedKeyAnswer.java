package io.thingport.web.rest;

import io.thingport.platform.accesskey.IssuedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key just made, with its secret, which is not told again. Prints no secret. */
@Schema(name = "IssuedAccessKey", requiredProperties = {"accessKeyId", "accessKeySecret", "description", "scopes", "products",
        "createdAt"})
public record IssuedKeyAnswer(String accessKeyId, String accessKeySecret, String description, List<String> scopes,
        List<String> products, Optional<Integer> rate, Instant createdAt) {

    static IssuedKeyAnswer of(IssuedKey issued) {
        AccessKeyAnswer key = AccessKeyAnswer.of(issued.key(), Optional.empty());
        return new IssuedKeyAnswer(key.accessKeyId(), issued.secret().reveal(), key.description(), key.scopes(),
                key.products(), key.rate(), key.createdAt());
    }

    @Override
    public String toString() {
        return "IssuedKeyAnswer[" + accessKeyId + "]";
    }
}
