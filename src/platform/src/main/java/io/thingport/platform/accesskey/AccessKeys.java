package io.thingport.platform.accesskey;

import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.SecretUnreadableException;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The access keys of the installation as they are in the database. Calls block on it. Changes of grants take place one after
 * the other: each locks all keys, so that of two callers that take each other's rights one finds himself the last.
 */
@Stateless
public class AccessKeys {

    public static final int KEYS_MAXIMUM = 1_000;

    private static final Logger LOG = System.getLogger(AccessKeys.class.getName());

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;
    @Inject
    private Event<AccessKeyChange> changes;

    /** For the container. */
    public AccessKeys() {
    }

    AccessKeys(EntityManager entities, SecretBox box, Clock clock, Tokens tokens, Event<AccessKeyChange> changes) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
        this.changes = changes;
    }

    /** All keys with their secrets, but those whose secret cannot be opened, which is logged: nobody has them. */
    public List<KnownKey> known() {
        return keys(LockModeType.NONE).stream().flatMap(this::readable).toList();
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
            IssuedKey first = make(NewAccessKey.of(EnumSet.allOf(Scope.class)));
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
     * @throws RegistryException {@link RegistryProblem#TOO_MANY_ACCESS_KEYS} when there are {@link #KEYS_MAXIMUM}, or
     *                           {@link RegistryProblem#INVALID_ACCESS_KEY}
     */
    @Audited("access-key.create")
    public IssuedKey issue(NewAccessKey key) {
        KeyRules.description(key.description());
        KeyRules.grants(key.scopes(), key.products());
        KeyRules.rate(key.rate());
        if (count() >= KEYS_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_ACCESS_KEYS, "there are " + KEYS_MAXIMUM + " access keys");
        }
        return make(key);
    }

    /** All keys, oldest first. */
    public List<AccessKey> list() {
        return entities.createQuery("select k from AccessKeyRow k order by k.createdAt, k.accessKeyId", AccessKeyRow.class)
                .getResultStream().map(AccessKeyRow::toAccessKey).toList();
    }

    /** @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND} */
    public AccessKey get(String accessKeyId) {
        return Optional.ofNullable(entities.find(AccessKeyRow.class, accessKeyId)).orElseThrow(AccessKeys::notFound)
                .toAccessKey();
    }

    /**
     * Changes a key. What was opened with it ends when it is disabled or may do less than before.
     *
     * @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND}, {@link RegistryProblem#INVALID_ACCESS_KEY}, or
     *                           {@link RegistryProblem#LAST_MANAGING_KEY} when nobody could make keys any more
     */
    @Audited("access-key.change")
    public AccessKey update(@Audited.Id String accessKeyId, AccessKeyUpdate update) {
        List<AccessKeyRow> all = keys(LockModeType.PESSIMISTIC_WRITE);
        AccessKeyRow row = find(all, accessKeyId);
        Caller before = row.toCaller();
        boolean wasEnabled = row.enabled();
        boolean administered = administers(row);
        update.description().map(KeyRules::description).ifPresent(row::describe);
        row.grant(update.scopes().orElse(before.scopes()), update.products().orElse(before.products()));
        update.rate().map(KeyRules::rate).ifPresent(row::limit);
        update.enabled().ifPresent(row::enable);
        KeyRules.grants(row.toCaller().scopes(), row.toCaller().products());
        if (administered) {
            checkAnAdministratorIsLeft(all.stream());
        }
        changed(row, wasEnabled && !(row.enabled() && covers(row.toCaller(), before)));
        return row.toAccessKey();
    }

    /**
     * Gives a key a new secret; the old one stays valid for a while. An older one, from a rotation before, does not.
     *
     * @param grace how long the old secret is valid, up to 30 days; none at all ends what was opened with the key
     * @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND} or {@link RegistryProblem#INVALID_GRACE}
     */
    @Audited("access-key.secret.change")
    public RotatedKey rotate(@Audited.Id String accessKeyId, Duration grace) {
        boolean atOnce = KeyRules.grace(grace).isZero();
        Optional<Instant> graceEnd = atOnce ? Optional.empty() : Optional.of(now().plus(grace));
        AccessKeyRow row = locked(accessKeyId);
        Secret secret = newSecret();
        row.replaceSecret(box.seal(secret, owner(accessKeyId)), graceEnd);
        changed(row, atOnce);
        return new RotatedKey(secret, graceEnd);
    }

    /**
     * Ends the time of a key's previous secret, if it has one, and what was opened with the key.
     *
     * @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND}
     */
    @Audited("access-key.secret.drop-previous")
    public void dropPreviousSecret(@Audited.Id String accessKeyId) {
        AccessKeyRow row = locked(accessKeyId);
        row.dropPreviousSecret();
        changed(row, true);
    }

    /**
     * Deletes a key; whoever has it is nobody from then on.
     *
     * @throws RegistryException {@link RegistryProblem#ACCESS_KEY_NOT_FOUND}, or {@link RegistryProblem#LAST_MANAGING_KEY}
     *                           when nobody could make keys any more
     */
    @Audited("access-key.delete")
    public void revoke(@Audited.Id String accessKeyId) {
        List<AccessKeyRow> all = keys(LockModeType.PESSIMISTIC_WRITE);
        AccessKeyRow row = find(all, accessKeyId);
        if (administers(row)) {
            checkAnAdministratorIsLeft(all.stream().filter(other -> other != row));
        }
        entities.remove(row);
        changes.fire(new AccessKeyChange(accessKeyId, Optional.empty(), true));
    }

    /** Notes when keys were used, those that are there still. */
    public void noteUses(Map<String, Instant> uses) {
        uses.forEach((id, at) -> entities.createNativeQuery("update access_key set last_used = ?1 where access_key_id = ?2")
                .setParameter(1, at).setParameter(2, id).executeUpdate());
    }

    private void checkAnAdministratorIsLeft(Stream<AccessKeyRow> left) {
        if (left.noneMatch(AccessKeys::administers)) {
            throw new RegistryException(RegistryProblem.LAST_MANAGING_KEY, "no other access key has the scope administer");
        }
    }

    private static boolean administers(AccessKeyRow row) {
        return row.enabled() && row.toCaller().mayEverywhere(Scope.ADMINISTER);
    }

    /** Whether a caller may do all that he might before. */
    private static boolean covers(Caller now, Caller before) {
        return before.scopes().stream().allMatch(now::may) && (now.products().isEmpty()
                || !before.products().isEmpty() && now.products().containsAll(before.products()));
    }

    private List<AccessKeyRow> keys(LockModeType lock) {
        return entities.createQuery("select k from AccessKeyRow k order by k.accessKeyId", AccessKeyRow.class)
                .setLockMode(lock).getResultList();
    }

    private static AccessKeyRow find(List<AccessKeyRow> all, String accessKeyId) {
        return all.stream().filter(row -> row.accessKeyId().equals(accessKeyId)).findFirst()
                .orElseThrow(AccessKeys::notFound);
    }

    private AccessKeyRow locked(String accessKeyId) {
        return Optional.ofNullable(entities.find(AccessKeyRow.class, accessKeyId, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(AccessKeys::notFound);
    }

    private static RegistryException notFound() {
        return new RegistryException(RegistryProblem.ACCESS_KEY_NOT_FOUND, "no such access key");
    }

    private long count() {
        return entities.createQuery("select count(k) from AccessKeyRow k", Long.class).getSingleResult();
    }

    private IssuedKey make(NewAccessKey key) {
        String id = "TP" + tokens.alphanumeric(22);
        Secret secret = newSecret();
        AccessKeyRow row = new AccessKeyRow(id, box.seal(secret, owner(id)), key, now());
        entities.persist(row);
        changed(row, false);
        return new IssuedKey(row.toAccessKey(), secret);
    }

    private void changed(AccessKeyRow row, boolean ended) {
        entities.flush();
        changes.fire(new AccessKeyChange(row.accessKeyId(), Optional.of(known(row)), ended));
    }

    private Stream<KnownKey> readable(AccessKeyRow row) {
        try {
            return Stream.of(known(row));
        } catch (SecretUnreadableException e) {
            LOG.log(Level.WARNING, "{0}; nobody can use this access key", e.getMessage());
            return Stream.empty();
        }
    }

    private KnownKey known(AccessKeyRow row) {
        String owner = owner(row.accessKeyId());
        Optional<KnownKey.Previous> previous = row.sealedPrevious().flatMap(sealed -> row.previousValidUntil()
                .map(until -> new KnownKey.Previous(box.open(sealed, owner), until)));
        return new KnownKey(row.toCaller(), row.enabled(), box.open(row.sealedSecret(), owner), previous, row.version());
    }

    private Secret newSecret() {
        return Secret.of(tokens.alphanumeric(40));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String owner(String accessKeyId) {
        return "access-key:" + accessKeyId;
    }
}
