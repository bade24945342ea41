package io.thingport.platform.secrets;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the master key at the start and makes sure that it is the one this database's secrets were sealed with. A key is
 * made up only for a database that has none yet.
 */
@Stateless
public class MasterKeys {

    private static final String OWNER = "master-key";
    private static final Secret MARK = Secret.of("thingport");

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public MasterKeys() {
    }

    MasterKeys(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The box that seals with the master key.
     *
     * @param configured the key itself, when it is configured
     * @param file       holds it otherwise; written when the database is new and the file is not there
     * @throws MasterKeyException when there is no key, or not this database's
     */
    public SecretBox open(Optional<Secret> configured, Path file, RandomGenerator random) {
        Optional<MasterKeyRow> mark = Optional.ofNullable(entities.find(MasterKeyRow.class, MasterKey.VERSION));
        String source = configured.isPresent() ? "thingport.secrets.key" : file.toString();
        SecretBox box = new SecretBox(find(configured, file, mark.isEmpty(), random), random);
        if (mark.isEmpty()) {
            entities.persist(new MasterKeyRow(MasterKey.VERSION, box.seal(MARK, OWNER)));
        } else if (!opens(box, mark.get().mark())) {
            throw new MasterKeyException(source + " is not the key that the secrets in this database were sealed with");
        }
        return box;
    }

    private static MasterKey find(Optional<Secret> configured, Path file, boolean mayCreate, RandomGenerator random) {
        if (configured.isPresent()) {
            return parse(configured.get().reveal(), "thingport.secrets.key");
        }
        if (Files.exists(file)) {
            return parse(read(file), file.toString());
        }
        if (mayCreate) {
            return create(file, random);
        }
        throw new MasterKeyException("the secrets in this database are sealed, and there is no master key: neither "
                + "thingport.secrets.key nor the file " + file);
    }

    private static boolean opens(SecretBox box, String mark) {
        try {
            return box.open(mark, OWNER).equals(MARK);
        } catch (SecretUnreadableException e) {
            return false;
        }
    }

    private static MasterKey parse(String text, String source) {
        return MasterKey.parse(text).orElseThrow(() -> new MasterKeyException(source + " is not Base64 of 32 bytes"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new MasterKeyException("cannot read the master key: " + e);
        }
    }

    private static MasterKey create(Path file, RandomGenerator random) {
        MasterKey key = MasterKey.generate(random);
        try {
            OwnerOnlyFile.write(file, key.base64() + System.lineSeparator());
        } catch (IOException e) {
            throw new MasterKeyException("cannot write a master key: " + e);
        }
        return key;
    }
}
