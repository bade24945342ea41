package io.thingport.mqtt;

/** Why a TLS handshake came to nothing. */
public enum TlsFailure {
    /** The client went, or its time was over. */
    ENDED,
    /** What came first was no TLS, where only TLS is spoken. */
    NO_TLS,
    /** There is nothing yet that the server could prove itself with. */
    NO_MATERIAL,
    /** No protocol version in common. */
    VERSION,
    /** No cipher suite in common. */
    SUITE,
    /** The client has to have a certificate, and has none. */
    NO_CERTIFICATE,
    /** The client's certificate is not accepted. */
    CERTIFICATE,
    /** The client refused with an alert: often it does not know who has issued the server's certificate. */
    ALERT,
    /** No such identity of a pre-shared key, or not its key, or what came breaks the protocol, or anything else. */
    PROTOCOL
}
