package io.thingport.platform.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.thingport.platform.registry.FleetLine;
import io.thingport.platform.registry.LineResult;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.transfer.FleetReader.Line;
import io.thingport.platform.transfer.ImportStatus.Counts;
import io.thingport.platform.transfer.ImportStatus.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One import: 500 lines in a transaction, and when these are refused together, each alone. Writes a line of its report for
 * each line, and its status after each transaction. Runs once, on one thread.
 */
final class ImportJob {

    private static final Logger LOG = System.getLogger(ImportJob.class.getName());
    private static final int BATCH = 500;
    /** So many lines in a row that fail for no reason of their own, and the database is to blame. */
    private static final int MISHAPS_MAXIMUM = 3;

    private final ScratchFile upload;
    private final FleetReader reader;
    private final ImportFolder folder;
    private final Function<List<FleetLine>, List<LineResult>> work;
    private final Clock clock;
    private final BooleanSupplier stopping;
    private ImportStatus status;
    private Optional<String> broken = Optional.empty(); // why no further line can be read
    private int mishaps;

    /**
     * @param reader   of the upload, beyond its header
     * @param work     imports some lines in one transaction, see {@link io.thingport.platform.registry.FleetImport#apply}
     * @param stopping whether to end early
     */
    ImportJob(ImportStatus begun, ScratchFile upload, FleetReader reader, ImportFolder folder,
            Function<List<FleetLine>, List<LineResult>> work, Clock clock, BooleanSupplier stopping) {
        this.status = begun;
        this.upload = upload;
        this.reader = reader;
        this.folder = folder;
        this.work = work;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** Imports to the end and deletes the upload. */
    void run() {
        try {
            importAll();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "an import has failed", e);
            end(State.FAILED, Optional.of("the server failed after " + status.counts().lines()
                    + " lines or a few more; its log says why. Import the file again"));
        } finally {
            try {
                upload.delete();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the file of an import, which is encrypted, could not be deleted", e);
            }
        }
    }

    private void importAll() throws IOException {
        boolean more = true;
        try (reader; CsvWriter report = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF)
                .build(folder.createReport(status.id()), StandardCharsets.UTF_8)) {
            report.writeRecord("line", "result", "reason");
            while (more && !stopping.getAsBoolean()) {
                List<Line> batch = read();
                more = batch.size() == BATCH && broken.isEmpty();
                write(batch, apply(batch), report);
            }
        }
        if (more) {
            end(State.INTERRUPTED, Optional.empty());
        } else {
            end(broken.isEmpty() ? State.DONE : State.FAILED, broken);
        }
    }

    private void end(State state, Optional<String> why) {
        status = status.end(state, now(), why);
        Counts counts = status.counts();
        LOG.log(Level.INFO, "import {0}: {1}, {2} lines created, {3} changed, {4} unchanged, {5} failed", status.id(),
                state, counts.created(), counts.changed(), counts.unchanged(), counts.failed());
        try {
            folder.write(status);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the status of an import could not be written", e);
        }
    }

    private List<Line> read() {
        List<Line> batch = new ArrayList<>(BATCH);
        try {
            Optional<Line> line = reader.next();
            while (line.isPresent()) {
                batch.add(line.get());
                line = batch.size() < BATCH ? reader.next() : Optional.empty();
            }
        } catch (RegistryException e) {
            broken = Optional.of(e.getMessage());
        }
        return batch;
    }

    private void write(List<Line> batch, List<LineResult> results, CsvWriter report) throws IOException {
        Counts counts = status.counts();
        for (int i = 0; i < batch.size(); i++) {
            LineResult result = results.get(i);
            counts = counts.plus(result);
            report.writeRecord(Long.toString(batch.get(i).number()), result.outcome().name().toLowerCase(Locale.ROOT),
                    result.reason());
        }
        report.flush();
        status = status.at(upload.percent(), counts);
        folder.write(status);
    }

    private List<LineResult> apply(List<Line> batch) {
        Iterator<LineResult> results = together(batch.stream().map(Line::content).flatMap(Optional::stream).toList())
                .iterator();
        return batch.stream().map(line -> line.content().isPresent() ? results.next() : LineResult.failed(line.problem()))
                .toList();
    }

    private List<LineResult> together(List<FleetLine> lines) {
        if (lines.size() > 1) {
            try {
                return work.apply(lines);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "lines are imported one by one", e);
            }
        }
        return lines.stream().map(this::alone).toList();
    }

    private LineResult alone(FleetLine line) {
        try {
            LineResult result = work.apply(List.of(line)).get(0);
            mishaps = 0;
            return result;
        } catch (RegistryException e) {
            mishaps = 0;
            return LineResult.failed(e.getMessage());
        } catch (RuntimeException e) {
            mishaps++;
            if (mishaps == MISHAPS_MAXIMUM) {
                throw e;
            }
            return LineResult.failed("the database does not take it; the server's log says why");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
