package io.thingport.web.rest;

import io.thingport.platform.accesskey.IssuedKey;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An access key just made, with its secret, which is not told again. Prints no secret. */
@Schema(name = "IssuedAccessKey", requiredProperties = {"accessKeyId", "accessKeySecret", "scopes", "createdAt"})
public record IssuedKeyAnswer(String accessKeyId, String accessKeySecret, List<String> scopes, Instant createdAt) {

    static IssuedKeyAnswer of(IssuedKey issued) {
        return new IssuedKeyAnswer(issued.key().accessKeyId(), issued.secret().reveal(),
                AccessKeyAnswer.names(issued.key().scopes()), issued.key().createdAt());
    }

    @Override
    public String toString() {
        return "IssuedKeyAnswer[" + accessKeyId + "]";
    }
}
