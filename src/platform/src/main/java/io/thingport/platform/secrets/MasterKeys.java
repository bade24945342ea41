package io.thingport.platform.secrets;

import io.thingport.platform.audit.Audited;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the versions of the master key at the start and makes sure that they are those this database's secrets were sealed
 * with. A key is made up only for a database that has none yet. Calls block on the database.
 */
@Stateless
public class MasterKeys {

    private static final String OWNER = "master-key";
    private static final Secret MARK = Secret.of("thingport");
    private static final String CONFIGURED = "thingport.secrets.key";

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public MasterKeys() {
    }

    MasterKeys(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The box that seals with the newest version of the master key.
     *
     * @param configured the keys themselves, when they are configured
     * @param file       holds them otherwise; written when the database is new and the file is not there
     * @throws MasterKeyException when there is no key, or one that something is sealed with is missing or another
     */
    public SecretBox open(Optional<Secret> configured, Path file, RandomGenerator random) {
        List<MasterKeyRow> marks = entities.createQuery("select m from MasterKeyRow m", MasterKeyRow.class).getResultList();
        String source = configured.isPresent() ? CONFIGURED : file.toString();
        MasterKeyRing keys = find(configured, file, marks.isEmpty(), random);
        SecretBox box = new SecretBox(keys, random);
        for (MasterKeyRow mark : marks) {
            if (keys.find(mark.version()).isEmpty()) {
                forget(mark, source);
            } else if (!opens(box, mark.mark())) {
                throw new MasterKeyException(source + ": version " + mark.version()
                        + " is not the key that the secrets in this database were sealed with");
            }
        }
        mark(box);
        return box;
    }

    /**
     * Adds a version to the file and marks it. What the file has in advance of the box, because an earlier call came no
     * further, is marked instead. Nothing may be sealed with the new version before this is committed.
     *
     * @return the keys for the box
     * @throws MasterKeyException when the file cannot be read or written, or does not hold the box's keys
     */
    @Audited("master-key.rotate")
    public MasterKeyRing rotate(SecretBox box, Path file, RandomGenerator random) {
        MasterKeyRing present = parse(read(file), file.toString());
        int newest = box.version();
        MasterKeyRow mark = entities.find(MasterKeyRow.class, newest);
        if (mark == null || present.find(newest).isEmpty() || !opens(new SecretBox(present, random), mark.mark())) {
            throw new MasterKeyException(file + " does not hold version " + newest + " of the master key, which is in use");
        }
        MasterKeyRing keys = present;
        if (present.newest().version() == newest) {
            keys = present.next(random);
            write(file, keys);
        }
        mark(new SecretBox(keys, random));
        return keys;
    }

    /** Marks the newest version, unless it is marked. */
    private void mark(SecretBox box) {
        if (entities.find(MasterKeyRow.class, box.version()) == null) {
            entities.persist(new MasterKeyRow(box.version(), box.seal(MARK, OWNER)));
        }
    }

    /** Takes the mark of a key away that is there no more and that nothing is sealed with. */
    private void forget(MasterKeyRow mark, String source) {
        long sealed = SealedSecrets.count(entities).getOrDefault(mark.version(), 0L);
        if (sealed > 0) {
            throw new MasterKeyException(source + " lacks version " + mark.version() + " of the master key, which "
                    + sealed + " secrets in this database are sealed with");
        }
        entities.remove(mark);
    }

    private static MasterKeyRing find(Optional<Secret> configured, Path file, boolean mayCreate,
            RandomGenerator random) {
        if (configured.isPresent()) {
            return parse(configured.get().reveal(), CONFIGURED);
        }
        if (Files.exists(file)) {
            return parse(read(file), file.toString());
        }
        if (mayCreate) {
            MasterKeyRing keys = MasterKeyRing.generate(random);
            write(file, keys);
            return keys;
        }
        throw new MasterKeyException("the secrets in this database are sealed, and there is no master key: neither "
                + CONFIGURED + " nor the file " + file);
    }

    private static boolean opens(SecretBox box, String mark) {
        try {
            return box.open(mark, OWNER).equals(MARK);
        } catch (SecretUnreadableException e) {
            return false;
        }
    }

    private static MasterKeyRing parse(String text, String source) {
        return MasterKeyRing.parse(text).orElseThrow(() -> new MasterKeyException(source
                + " is not Base64 of 32 bytes, or several of these, each with a version of its own: version:Base64"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new MasterKeyException("cannot read the master key: " + e);
        }
    }

    private static void write(Path file, MasterKeyRing keys) {
        try {
            OwnerOnlyFile.write(file, keys.lines());
        } catch (IOException e) {
            throw new MasterKeyException("cannot write a master key: " + e);
        }
    }
}
