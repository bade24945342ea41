package io.thingport.platform.transfer;

import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.FleetExport;
import io.thingport.platform.secrets.Tokens;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;

/**
 * Exports fleets. A file is whole before its first byte is sent, and its size is known: an HTTP response that has begun
 * cannot be taken back, and half a fleet looks like a whole one. Calls block on disk and database.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Exports {

    @EJB
    private FleetExport export;
    @Inject
    private Settings settings;
    @Inject
    private Tokens tokens;
    @Inject
    private SecureRandom random;

    /**
     * A file, no longer in any folder.
     *
     * @param content to be closed by who reads it
     * @param size    in bytes
     */
    public record File(InputStream content, long size) {
    }

    /**
     * Products with their topic classes and devices, as {@link Imports} take them.
     *
     * @param secrets whether their secrets are in it
     */
    public File write(List<String> productKeys, boolean secrets) throws IOException {
        ScratchFile file = new ScratchFile(
                ImportFolder.in(settings.dataDirectory()).scratch(tokens.alphanumeric(16)), random);
        try {
            try (OutputStream out = file.create()) {
                new FleetWriter(export, secrets).write(productKeys, out);
            }
            return new File(file.open(), file.size());
        } finally {
            file.delete(); // what is open can be read on
        }
    }
}
