package io.thingport.platform.accesskey;

import java.util.Optional;

/**
 * CDI event within the transaction: an access key is another once it commits.
 *
 * @param key   what it is then; empty when it is gone
 * @param ended whether what was opened with it ends
 */
record AccessKeyChange(String accessKeyId, Optional<KnownKey> key, boolean ended) {
}
