package io.thingport.platform.tls;

import io.thingport.mqtt.TlsMaterial;
import io.thingport.platform.config.Settings.TlsFiles;
import java.lang.System.Logger.Level;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps in use what the files of TLS hold: changed files are taken for handshakes to come, broken ones leave in use what
 * was. As certificate and key are often replaced one after the other, files that do not fit are complained of when they
 * are still the same at the next look. Thread-safe.
 */
public final class MaterialFiles {

    private static final System.Logger LOG = System.getLogger(MaterialFiles.class.getName());
    /** Days before its end that a certificate is warned of. */
    private static final List<Integer> WARNING_DAYS = List.of(1, 7, 14, 30);
    private static final int NOT_WARNED = Integer.MAX_VALUE;
    private static final int EXPIRED = 0;

    private final Optional<MaterialReader> reader;
    private final Consumer<TlsMaterial> user;
    private final Clock clock;

    // guarded by this; the status is volatile for those who only look
    private String seen = "";
    private boolean taken;
    private boolean complained;
    private int warnedDays = NOT_WARNED;
    private volatile TlsStatus status;

    /** @param user takes material for use, or throws IllegalArgumentException, which says why it cannot */
    public MaterialFiles(TlsFiles files, Consumer<TlsMaterial> user, Clock clock) {
        this.reader = files.server().map(own ->
                new MaterialReader(own, files.clientAuthorities(), files.revocationList()));
        this.user = user;
        this.clock = clock;
        status = new TlsStatus(reader.isPresent(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Takes what the files hold at the start. */
    public synchronized void open() {
        if (reader.isEmpty()) {
            LOG.log(Level.INFO, "MQTT without TLS: thingport.tls.certificate names no file");
            return;
        }
        look();
        complain();
    }

    /** Takes what the files hold if it has changed. To be called again and again; reads the files each time. */
    public synchronized void look() {
        reader.ifPresent(this::look);
    }

    public TlsStatus status() {
        return status;
    }

    private void look(MaterialReader files) {
        String now = files.fingerprint();
        if (!now.equals(seen)) {
            seen = now;
            complained = false;
            take(files);
        } else if (!taken) {
            complain();
        }
        warnOfExpiry();
    }

    private void take(MaterialReader files) {
        try {
            TlsMaterial material = files.read();
            user.accept(material);
            taken = true;
            X509Certificate own = material.chain().get(0);
            Instant expiry = material.chain().stream().map(X509Certificate::getNotAfter).min(Comparator.naturalOrder())
                    .map(Date::toInstant).orElseThrow();
            warnedDays = NOT_WARNED;
            status = new TlsStatus(true, Optional.of(own.getSubjectX500Principal().getName()), Optional.of(expiry),
                    Optional.empty());
            LOG.log(Level.INFO, "TLS with the certificate of {0}, which expires {1}", own.getSubjectX500Principal(), expiry);
            warnOfDates(material);
        } catch (MaterialException | RuntimeException e) { // whatever it is, the next look is to come
            taken = false;
            status = new TlsStatus(true, status.subject(), status.expiry(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private void complain() {
        if (!complained) {
            complained = true;
            status.problem().ifPresent(problem -> LOG.log(Level.WARNING, "the files of TLS cannot be used, {0}: {1}",
                    status.subject().isPresent() ? "what was in use before still is" : "there is no TLS", problem));
        }
    }

    private void warnOfDates(TlsMaterial material) {
        Date now = Date.from(clock.instant());
        for (X509Certificate one : material.chain()) {
            if (now.before(one.getNotBefore())) {
                LOG.log(Level.WARNING, "the certificate of {0} is valid from {1} only; clients refuse it until then",
                        one.getSubjectX500Principal(), one.getNotBefore().toInstant());
            }
        }
        for (X509CRL list : material.revocations()) {
            if (list.getNextUpdate() != null && now.after(list.getNextUpdate())) {
                LOG.log(Level.WARNING, "the revocation list of {0} should have been replaced {1}; it still counts",
                        list.getIssuerX500Principal(), list.getNextUpdate().toInstant());
            }
        }
    }

    private void warnOfExpiry() {
        status.expiry().ifPresent(expiry -> {
            Duration left = Duration.between(clock.instant(), expiry);
            if (left.isNegative()) {
                if (warnedDays != EXPIRED) {
                    warnedDays = EXPIRED;
                    LOG.log(Level.WARNING, "the server''s certificate has expired {0}; clients refuse it", expiry);
                }
                return;
            }
            for (int days : WARNING_DAYS) {
                if (left.compareTo(Duration.ofDays(days)) <= 0) {
                    if (days < warnedDays) {
                        warnedDays = days;
                        LOG.log(Level.WARNING, "the server''s certificate expires {0}", expiry);
                    }
                    return;
                }
            }
        });
    }
}
