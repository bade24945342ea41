package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * What TLS engines make of one {@link TlsMaterial}: a context for each way to ask for a client's certificate. Native memory,
 * given back when the last user has released it. Thread-safe.
 *
 * <p>The engine is BoringSSL. It has no maximum fragment length (RFC 6066, 4), so who asks for that, an embedded client
 * that lacks the memory for records of the usual size, is given Java's own engine. That one speaks what the settings of
 * the Java process leave of versions and suites ({@code jdk.tls.disabledAlgorithms}).
 */
final class TlsContexts extends AbstractReferenceCounted {

    /** Sessions kept for clients that have no tickets; of more the oldest are forgotten. */
    private static final int SESSIONS = 10_000;
    private static final long SESSION_SECONDS = TimeUnit.HOURS.toSeconds(12);

    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");
    private static final List<String> RSA_KEY_EXCHANGE = List.of(
            "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA256"); // BoringSSL lacks the last two

    private final ClientTrust trust;
    private final Map<ClientCertificate, SslContext> contexts = new EnumMap<>(ClientCertificate.class);
    private final Map<ClientCertificate, SslContext> small = new EnumMap<>(ClientCertificate.class);

    /** @throws IllegalArgumentException when the material cannot be used, and says why */
    TlsContexts(TlsMaterial material, TlsSettings settings, TicketKeys tickets) {
        try {
            OpenSsl.ensureAvailability();
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalArgumentException("TLS cannot be spoken on this machine: " + e.getMessage(), e);
        }
        try {
            trust = new ClientTrust(material);
            for (ClientCertificate asked : ClientCertificate.values()) {
                contexts.put(asked, context(material, settings, asked));
                small.put(asked, builder(material, settings, asked).sslProvider(SslProvider.JDK)
                        .ciphers(suites(settings), SupportedCipherSuiteFilter.INSTANCE).build());
            }
        } catch (GeneralSecurityException | SSLException | RuntimeException e) {
            deallocate();
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        use(tickets);
    }

    /** Has new tickets sealed with the newest of these keys. */
    void use(TicketKeys tickets) {
        contexts.values().forEach(context -> sessions(context).setTicketKeys(tickets.keys()));
    }

    /**
     * To be called by one who has retained this.
     *
     * @param smallRecords whether the client has asked for small ones
     */
    TlsHandler newHandler(ClientCertificate asked, boolean smallRecords, ByteBufAllocator allocator) {
        return new TlsHandler((smallRecords ? small : contexts).get(asked).newEngine(allocator));
    }

    /** @throws CertificateException when this certificate is not accepted, or no more */
    void check(X509Certificate[] chain) throws CertificateException {
        trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
    }

    @Override
    protected void deallocate() {
        contexts.values().forEach(context -> ((ReferenceCounted) context).release());
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }

    private SslContext context(TlsMaterial material, TlsSettings settings, ClientCertificate asked) throws SSLException {
        SslContext context = builder(material, settings, asked)
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .option(OpenSslContextOption.USE_TASKS, false)
                .ciphers(suites(settings), SupportedCipherSuiteFilter.INSTANCE)
                .build();
        OpenSslServerSessionContext sessions = sessions(context);
        // a session that began where no certificate was asked for is not gone on with where one is
        sessions.setSessionIdContext(asked.name().getBytes(StandardCharsets.US_ASCII));
        sessions.setSessionCacheEnabled(true);
        return context;
    }

    private SslContextBuilder builder(TlsMaterial material, TlsSettings settings, ClientCertificate asked) {
        List<String> protocols = new ArrayList<>(List.of("TLSv1.3", "TLSv1.2"));
        if (settings.legacyProtocols()) {
            protocols.addAll(List.of("TLSv1.1", "TLSv1"));
        }
        return SslContextBuilder.forServer(material.key(), material.chain().toArray(X509Certificate[]::new))
                .protocols(protocols)
                .trustManager(trust)
                .clientAuth(switch (asked) {
                    case NONE -> ClientAuth.NONE;
                    case WANT -> ClientAuth.OPTIONAL;
                    case NEED -> ClientAuth.REQUIRE;
                })
                .sessionCacheSize(SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
    }

    private static List<String> suites(TlsSettings settings) {
        List<String> suites = new ArrayList<>(SUITES);
        if (settings.rsaKeyExchange()) {
            suites.addAll(RSA_KEY_EXCHANGE);
        }
        return suites;
    }

    private static OpenSslServerSessionContext sessions(SslContext context) {
        return (OpenSslServerSessionContext) ((ReferenceCountedOpenSslContext) context).sessionContext();
    }
}
