package io.thingport.platform.accesskey;

import io.thingport.platform.secrets.Secret;

/** An access key just made; its secret is told this once. */
public record IssuedKey(AccessKey key, Secret secret) {
}
