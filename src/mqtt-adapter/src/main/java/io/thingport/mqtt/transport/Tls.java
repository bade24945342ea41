package io.thingport.mqtt.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import io.thingport.mqtt.ListenerSettings.ClientCertificate;
import io.thingport.mqtt.TlsMaterial;
import io.thingport.mqtt.TlsSettings;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What TLS connections are made of, from when there is material on. New material is for handshakes to come; connections
 * that are there stay as they are. Thread-safe.
 */
final class Tls {

    private static final System.Logger LOG = System.getLogger(Tls.class.getName());

    private final TlsSettings settings;
    private final TicketKeys tickets = new TicketKeys(new SecureRandom(), System::nanoTime);
    private volatile Optional<TlsContexts> present = Optional.empty(); // read by the loops
    private boolean closed; // guarded by this

    Tls(TlsSettings settings) {
        this.settings = settings;
        if (settings.legacyProtocols()) {
            LOG.log(System.Logger.Level.WARNING,
                    "TLS 1.0 and 1.1 are on; both are broken, and are there for devices that can do no better");
        }
    }

    /** @throws IllegalArgumentException when it cannot be used; what was in use stays */
    synchronized void use(TlsMaterial material) {
        if (!closed) {
            TlsContexts next = new TlsContexts(material, settings, tickets);
            Optional<TlsContexts> before = present;
            present = Optional.of(next);
            before.ifPresent(TlsContexts::release);
        }
    }

    boolean isReady() {
        return present.isPresent();
    }

    /** @return a handler for a connection; empty while there is no material. */
    Optional<TlsHandler> newHandler(ClientCertificate asked, boolean smallRecords, ByteBufAllocator allocator) {
        Optional<TlsContexts> contexts = retained();
        if (contexts.isPresent() && tickets.renew()) {
            contexts.get().use(tickets);
        }
        try {
            return contexts.map(now -> now.newHandler(asked, smallRecords, allocator));
        } finally {
            contexts.ifPresent(TlsContexts::release);
        }
    }

    /** @throws CertificateException when the material does not accept this certificate, or no more */
    void check(X509Certificate[] chain) throws CertificateException {
        TlsContexts now = present.orElseThrow(() -> new CertificateException("there is no material"));
        now.check(chain);
    }

    /** What is open stays open. */
    synchronized void close() {
        closed = true;
        present.ifPresent(TlsContexts::release);
        present = Optional.empty();
    }

    private Optional<TlsContexts> retained() {
        while (true) {
            Optional<TlsContexts> now = present;
            try {
                now.ifPresent(TlsContexts::retain);
                return now;
            } catch (IllegalReferenceCountException replacedMeanwhile) {
                Thread.onSpinWait();
            }
        }
    }
}
