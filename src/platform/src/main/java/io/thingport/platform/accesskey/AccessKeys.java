package io.thingport.platform.accesskey;

import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.secrets.SecretBox;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** The access keys of the installation. Calls block on the database. */
@Stateless
public class AccessKeys {

    private static final Secret NOBODYS = Secret.of("nobody has this secret, comparing with it takes the same time");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private SecretBox box;
    @Inject
    private Clock clock;
    @Inject
    private Tokens tokens;

    /** For the container. */
    public AccessKeys() {
    }

    AccessKeys(EntityManager entities, SecretBox box, Clock clock, Tokens tokens) {
        this.entities = entities;
        this.box = box;
        this.clock = clock;
        this.tokens = tokens;
    }

    /** The caller with this key, or empty when the id is unknown, the key disabled or the secret wrong. */
    public Optional<Caller> authenticate(String accessKeyId, String secret) {
        Optional<AccessKeyRow> row = Optional.of(accessKeyId).filter(ID.asMatchPredicate())
                .map(id -> entities.find(AccessKeyRow.class, id))
                .filter(AccessKeyRow::enabled);
        Secret expected = row.map(r -> box.open(r.sealedSecret(), owner(accessKeyId))).orElse(NOBODYS);
        return expected.matches(secret) ? row.map(AccessKeyRow::toCaller) : Optional.empty();
    }

    /**
     * Makes a key with every scope when there is none at all, and writes it to an owner-only file:
     * {@code id:secret}, as HTTP Basic and curl take it.
     *
     * @return whether a key was made
     * @throws UncheckedIOException when the file cannot be written; then there is no key either
     */
    public boolean createFirst(Path file) {
        boolean none = entities.createQuery("select count(k) from AccessKeyRow k", Long.class).getSingleResult() == 0;
        if (none) {
            String id = "TP" + tokens.alphanumeric(22);
            Secret secret = Secret.of(tokens.alphanumeric(40));
            entities.persist(new AccessKeyRow(id, box.seal(secret, owner(id)), EnumSet.allOf(Scope.class),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            entities.flush();
            try {
                OwnerOnlyFile.write(file, id + ":" + secret.reveal() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the first access key: " + e.getMessage(), e);
            }
        }
        return none;
    }

    private static String owner(String accessKeyId) {
        return "access-key:" + accessKeyId;
    }
}
