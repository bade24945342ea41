package io.thingport.platform.accesskey;

/**
 * CDI event: an access key that was valid is not, or may do less, and {@link KnownKeys} knows. What was opened with it ends.
 */
public record AccessKeyRevocation(String accessKeyId) {
}
