package io.thingport.platform.accesskey;

/** CDI event within the transaction: an access key is valid no more once it commits. */
public record AccessKeyRevocation(String accessKeyId) {
}
