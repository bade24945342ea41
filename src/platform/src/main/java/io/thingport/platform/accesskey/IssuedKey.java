package io.thingport.platform.accesskey;

import io.thingport.platform.audit.Auditable;
import io.thingport.platform.audit.Subject;
import io.thingport.platform.secrets.Secret;

/** An access key just made; its secret is told this once. */
public record IssuedKey(AccessKey key, Secret secret) implements Auditable {

    @Override
    public Subject auditSubject() {
        return Subject.id(key.accessKeyId());
    }
}
