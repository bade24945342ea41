package io.thingport.mqtt;

/**
 * What TLS may be spoken. TLS 1.2 and 1.3 always.
 *
 * @param legacyProtocols TLS 1.0 and 1.1, too
 * @param rsaKeyExchange  suites with RSA key exchange and CBC, too: the C SDK of the Aliyun IoT Platform has no others
 */
public record TlsSettings(boolean legacyProtocols, boolean rsaKeyExchange) {

    public static final TlsSettings DEFAULTS = new TlsSettings(false, true);
}
