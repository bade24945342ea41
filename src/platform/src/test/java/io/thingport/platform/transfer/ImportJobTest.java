package io.thingport.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.registry.FleetLine;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.LineResult;
import io.thingport.platform.registry.LineResult.Outcome;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.transfer.ImportStatus.Counts;
import io.thingport.platform.transfer.ImportStatus.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportJobTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HUSH = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";

    @TempDir
    private Path directory;
    private final List<Integer> batches = new ArrayList<>();
    private boolean stopping;

    @Test
    void linesAreImportedFiveHundredAtATime() throws IOException {
        ImportStatus end = run(devices(1100), this::created);

        assertThat(batches).containsExactly(500, 500, 100);
        assertThat(end).isEqualTo(new ImportStatus("id", State.DONE, NOW, Optional.of(NOW), 100,
                new Counts(1100, 0, 0, 0), Optional.empty()));
    }

    @Test
    void theReportHasALineForEachLine() throws IOException {
        run("productKey,deviceName\na1,lamp_01\na1\na1,lamp_03\n", this::created);

        assertThat(report()).isEqualTo("line,result,reason\r\n2,created,\r\n"
                + "3,failed,\"the line has 1 columns, the header has 2\"\r\n4,created,\r\n");
    }

    @Test
    void linesThatAreRefusedTogetherAreTriedAlone() throws IOException {
        ImportStatus end = run(devices(3), lines -> {
            if (name(lines).contains("lamp_1")) {
                throw new RegistryException(RegistryProblem.DEVICE_EXISTS, "poison");
            }
            return created(lines);
        });

        assertThat(end.counts()).isEqualTo(new Counts(2, 0, 0, 1));
        assertThat(report()).contains("3,failed,poison");
    }

    @Test
    void oneLineThatTheDatabaseDoesNotTakeFailsAlone() throws IOException {
        ImportStatus end = run(devices(3), lines -> {
            if (name(lines).contains("lamp_1")) {
                throw new IllegalStateException("a surprise");
            }
            return created(lines);
        });

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.counts()).isEqualTo(new Counts(2, 0, 0, 1));
    }

    @Test
    void aDatabaseThatTakesNothingEndsTheImport() throws IOException {
        ImportStatus end = run(devices(1000), lines -> {
            throw new IllegalStateException("away");
        });

        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.problem()).isPresent();
    }

    @Test
    void whatStandsBeforeABrokenQuoteIsImported() throws IOException {
        ImportStatus end = run("productKey,deviceName\na1,lamp_01\na1,\"lamp\"02\na1,lamp_03\n", this::created);

        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.problem().orElseThrow()).contains("after line 2");
        assertThat(end.counts()).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    void aServerThatStopsInterruptsTheImport() throws IOException {
        ImportStatus end = run(devices(1100), lines -> {
            stopping = true;
            return created(lines);
        });

        assertThat(end.state()).isEqualTo(State.INTERRUPTED);
        assertThat(end.counts().lines()).isEqualTo(500);
    }

    @Test
    void afterAKillAnImportIsInterruptedAndItsUploadGone() throws IOException {
        ImportFolder folder = new ImportFolder(directory);
        folder.write(ImportStatus.begin("id", NOW).at(50, new Counts(7, 0, 0, 0)));
        new ScratchFile(folder.scratch("id"), new SecureRandom()).receive(new ByteArrayInputStream(new byte[10]));

        folder.recover(NOW);

        assertThat(folder.status("id")).isEqualTo(new ImportStatus("id", State.INTERRUPTED, NOW, Optional.of(NOW), 50,
                new Counts(7, 0, 0, 0), Optional.empty()));
        assertThat(folder.scratch("id")).doesNotExist();
    }

    @Test
    void theLastTenImportsAreKept() throws IOException {
        ImportFolder folder = new ImportFolder(directory);
        for (int i = 0; i < 12; i++) {
            folder.makeRoom();
            folder.write(ImportStatus.begin("id" + i, NOW.plusSeconds(i)));
        }

        assertThat(folder.list()).extracting(ImportStatus::id).hasSize(10).startsWith("id11").endsWith("id2");
    }

    @Test
    void anUnknownImportIsNotFound() {
        ImportFolder folder = new ImportFolder(directory);

        assertThatThrownBy(() -> folder.status("unknown")).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> folder.report("../id")).isInstanceOf(RegistryException.class);
    }

    @Test
    void nothingIsLeftOnDiskThatOthersMayRead() throws IOException {
        List<String> seen = new ArrayList<>();
        run("productKey,deviceName,deviceSecret\na1,lamp_01," + HUSH + "\n", lines -> {
            files().forEach(file -> seen.add(permissions(file)));
            return created(lines);
        });

        assertThat(seen).hasSizeGreaterThanOrEqualTo(2).containsOnly("rw-------");
        assertThat(files()).extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("id.status", "id.report");
    }

    @Test
    void anUploadIsNotOnDiskAsItWasSent() throws IOException {
        ScratchFile upload = new ScratchFile(directory.resolve("upload"), new SecureRandom());
        upload.receive(new ByteArrayInputStream(HUSH.getBytes(StandardCharsets.UTF_8)));

        assertThat(Files.readString(directory.resolve("upload"), StandardCharsets.ISO_8859_1)).doesNotContain(HUSH);
        assertThat(new String(upload.open().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(HUSH);
        assertThat(upload.percent()).isEqualTo(100);
    }

    private ImportStatus run(String file, Function<List<FleetLine>, List<LineResult>> work) throws IOException {
        ImportFolder folder = new ImportFolder(directory);
        ScratchFile upload = new ScratchFile(folder.scratch("id"), new SecureRandom());
        upload.receive(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        ImportStatus begun = ImportStatus.begin("id", NOW);
        folder.write(begun);
        new ImportJob(begun, upload, FleetReader.open(upload.open()), folder, work, Clock.fixed(NOW, ZoneOffset.UTC),
                () -> stopping).run();
        return folder.status("id");
    }

    private List<LineResult> created(List<FleetLine> lines) {
        batches.add(lines.size());
        return lines.stream().map(line -> new LineResult(Outcome.CREATED, "")).toList();
    }

    private String report() throws IOException {
        return new String(new ImportFolder(directory).report("id").readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<Path> files() {
        try (var files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> name(List<FleetLine> lines) {
        return lines.stream().map(line -> ((DeviceLine) line).deviceName()).collect(Collectors.toList());
    }

    private static String devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a1,lamp_" + i + "\n")
                .collect(Collectors.joining("", "productKey,deviceName\n", ""));
    }
}
