package io.thingport.platform.transfer;

import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.OwnerOnlyFile;
import io.thingport.platform.transfer.ImportStatus.Counts;
import io.thingport.platform.transfer.ImportStatus.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder where imports leave their status and report, the newest few of them, for their owner only; and where files stand
 * that are imported or sent just now. From any thread; calls block on the disk.
 */
final class ImportFolder {

    private static final String STATUS = ".status";
    private static final String REPORT = ".report";
    private static final String SCRATCH = ".scratch";
    private static final int KEPT = 10;

    private final Path folder;

    ImportFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder in the data directory. */
    static ImportFolder in(Path dataDirectory) {
        return new ImportFolder(dataDirectory.resolve("imports"));
    }

    /** Where a file may stand while it is imported or sent. */
    Path scratch(String id) {
        return folder.resolve(id + SCRATCH);
    }

    OutputStream createReport(String id) throws IOException {
        return Channels.newOutputStream(OwnerOnlyFile.create(folder.resolve(id + REPORT)));
    }

    /** The report as far as it is written. */
    InputStream report(String id) throws IOException {
        try {
            return Files.newInputStream(folder.resolve(known(id) + REPORT));
        } catch (NoSuchFileException e) {
            throw notFound();
        }
    }

    void write(ImportStatus status) throws IOException {
        Properties values = new Properties();
        values.setProperty("state", status.state().name());
        values.setProperty("startedAt", status.startedAt().toString());
        status.endedAt().ifPresent(when -> values.setProperty("endedAt", when.toString()));
        values.setProperty("percent", Integer.toString(status.percent()));
        values.setProperty("created", Long.toString(status.counts().created()));
        values.setProperty("changed", Long.toString(status.counts().changed()));
        values.setProperty("unchanged", Long.toString(status.counts().unchanged()));
        values.setProperty("failed", Long.toString(status.counts().failed()));
        status.problem().ifPresent(problem -> values.setProperty("problem", problem));
        StringWriter text = new StringWriter();
        values.store(text, null);
        OwnerOnlyFile.write(folder.resolve(status.id() + STATUS), text.toString());
    }

    /** @throws RegistryException {@link RegistryProblem#IMPORT_NOT_FOUND} */
    ImportStatus status(String id) throws IOException {
        try {
            return read(known(id));
        } catch (NoSuchFileException e) {
            throw notFound();
        }
    }

    /** All that are kept, newest first. */
    List<ImportStatus> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(STATUS))
                    .map(name -> name.substring(0, name.length() - STATUS.length()))
                    .map(id -> {
                        try {
                            return read(id);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sorted(Comparator.comparing(ImportStatus::startedAt).reversed()).toList();
        }
    }

    /** Marks what ran when the server ended, and deletes scratch files, which nobody can read any more. */
    void recover(Instant now) throws IOException {
        for (ImportStatus status : list()) {
            if (status.state() == State.RUNNING) {
                write(status.end(State.INTERRUPTED, now, Optional.empty()));
            }
        }
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SCRATCH)) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Makes room for one more. */
    void makeRoom() throws IOException {
        for (ImportStatus old : list().stream().skip(KEPT - 1).toList()) {
            delete(old.id());
        }
    }

    void delete(String id) throws IOException {
        for (String kind : List.of(STATUS, REPORT, SCRATCH)) {
            Files.deleteIfExists(folder.resolve(id + kind));
        }
    }

    private ImportStatus read(String id) throws IOException {
        Properties values = new Properties();
        values.load(new StringReader(Files.readString(folder.resolve(id + STATUS))));
        return new ImportStatus(id, State.valueOf(values.getProperty("state")),
                Instant.parse(values.getProperty("startedAt")),
                Optional.ofNullable(values.getProperty("endedAt")).map(Instant::parse),
                Integer.parseInt(values.getProperty("percent")),
                new Counts(number(values, "created"), number(values, "changed"), number(values, "unchanged"),
                        number(values, "failed")),
                Optional.ofNullable(values.getProperty("problem")));
    }

    private static long number(Properties values, String key) {
        return Long.parseLong(values.getProperty(key));
    }

    /** An id as this server makes them, so that none leads out of the folder. */
    private static String known(String id) {
        if (!id.matches("[A-Za-z0-9]{1,32}")) {
            throw notFound();
        }
        return id;
    }

    private static RegistryException notFound() {
        return new RegistryException(RegistryProblem.IMPORT_NOT_FOUND, "there is no such import; the last " + KEPT
                + " are kept");
    }
}
