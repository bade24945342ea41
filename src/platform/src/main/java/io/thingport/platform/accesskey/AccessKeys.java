package io.thingport.platform.accesskey;

import io.thingport.platform.access.SignMethod;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The access keys of the installation. Calls block on the database. */
@Stateless
public class AccessKeys {

    private static final Secret NOBODYS = Secret.of("nobody has this secret, comparing with it takes the same time");

    private static final int KEYS_MAXIMUM = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private Event<AccessKeyRevocation> revocations;

    /** For the container. */
    public AccessKeys() {
    }

    AccessKeys(EntityManager entities, SecretBox box, Clock clock, Tokens tokens,
            Event<AccessKeyRevocation> revocations) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.revocations = revocations;
    }

    /** The caller with this key, or empty when the id is unknown, the key disabled or the secret wrong. */
    public Optional<Caller> authenticate(String accessKeyId, String secret) {
        return authenticate(accessKeyId, expected -> expected.matches(secret));
    }

    /**
     * The caller with this key, or empty when the id is unknown, the key disabled or the signature wrong.
     *
     * @param content   what is signed, in UTF-8
     * @param signature Base64 of the MAC under the key's secret
     */
    public Optional<Caller> authenticate(String accessKeyId, SignMethod method, String content, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return authenticate(accessKeyId, expected -> MessageDigest.isEqual(given,
                Base64.getEncoder().encode(method.mac(expected.utf8(), content.getBytes(StandardCharsets.UTF_8)))));
    }

    /**
     * The caller with this key, or empty when the id is unknown, the key disabled or the proof does not hold.
     *
     * @param proof whether the secret is what the caller proved to have; must take a time that does not depend on where
     *              they differ. Tried with a secret of nobody's when there is no such key
     */
    public Optional<Caller> authenticate(String accessKeyId, Predicate<Secret> proof) {
        Optional<AccessKeyRow> row = enabled(accessKeyId);
        Secret expected = row.map(r -> box.open(r.sealedSecret(), owner(accessKeyId))).orElse(NOBODYS);
        return proof.test(expected) ? row.map(AccessKeyRow::toCaller) : Optional.empty();
    }

    /**
     * Makes a key with every scope when there is none at all, and writes it to an owner-only file:
     * {@code id:secret}, as HTTP Basic and curl take it.
     *
     * @return whether a key was made
     * @throws UncheckedIOException when the file cannot be written; then there is no key either
     */
    public boolean createFirst(Path file) {
        boolean none = count() == 0;
        if (none) {
            IssuedKey first = make(EnumSet.allOf(Scope.class));
            try {
                OwnerOnlyFile.write(file, first.key().accessKeyId() + ":" + first.secret().reveal() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the first access key: " + e.getMessage(), e);
            }
        }
        return none;
    }

    /**
     * Makes a key.
     *
     * @param scopes at least one
     * @throws RegistryException {@link RegistryProblem#TOO_MANY_ACCESS_KEYS} when there are 100
     */
    @Audited("access-key.create")
    public IssuedKey issue(Set<Scope> scopes) {
        if (count() >= KEYS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_ACCESS_KEYS, "there are " + KEYS_MAXIMUM + " access keys");
        }
        return make(scopes);
    }

    /** The caller with this key, as it is now; empty when the id is unknown or the key disabled. */
    public Optional<Caller> find(String accessKeyId) {
        return enabled(accessKeyId).map(AccessKeyRow::toCaller);
    }

    /** All keys, oldest first. */
    public List<AccessKey> list() {
        return entities.createQuery("select k from AccessKeyRow k order by k.createdAt, k.accessKeyId", AccessKeyRow.class)
                .getResultStream().map(AccessKeyRow::toAccessKey).toList();
    }

    /**
     * Deletes a key; whoever has it is nobody from then on.
     *
     * @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND}, or {@link RegistryProblem#LAST_MANAGING_KEY}
     *                           when nobody could make keys any more
     */
    @Audited("access-key.delete")
    public void revoke(@Audited.Id String accessKeyId) {
        // All rows are locked, so that of two callers that revoke each other one finds itself the last.
        List<AccessKeyRow> all = entities.createQuery("select k from AccessKeyRow k order by k.accessKeyId", AccessKeyRow.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
        AccessKeyRow row = all.stream().filter(k -> k.toAccessKey().accessKeyId().equals(accessKeyId)).findFirst()
                .orElseThrow(() -> new RegistryException(RegistryProblem.ACCESS_KEY_NOT_FOUND, "no such access key"));
        if (all.stream().noneMatch(k -> k != row && k.enabled() && k.toAccessKey().scopes().contains(Scope.MANAGE))) {
            throw new RegistryException(RegistryProblem.LAST_MANAGING_KEY, "no other access key has the scope manage");
        }
        entities.remove(row);
        revocations.fire(new AccessKeyRevocation(accessKeyId));
    }

    private Optional<AccessKeyRow> enabled(String accessKeyId) {
        return Optional.of(accessKeyId).filter(ID.asMatchPredicate())
                .map(id -> entities.find(AccessKeyRow.class, id))
                .filter(AccessKeyRow::enabled);
    }

    private long count() {
        return entities.createQuery("select count(k) from AccessKeyRow k", Long.class).getSingleResult();
    }

    private IssuedKey make(Set<Scope> scopes) {
        String id = "TP" + tokens.alphanumeric(22);
        Secret secret = Secret.of(tokens.alphanumeric(40));
        AccessKeyRow row = new AccessKeyRow(id, box.seal(secret, owner(id)), scopes,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        entities.persist(row);
        entities.flush();
        return new IssuedKey(row.toAccessKey(), secret);
    }

    private static String owner(String accessKeyId) {
        return "access-key:" + accessKeyId;
    }
}
