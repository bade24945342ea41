package io.thingport.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.TlsMaterial;
import io.thingport.platform.config.Settings.ServerFiles;
import io.thingport.platform.config.Settings.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialFilesTest {

    private static Issuer root;
    private static Issuer first;
    private static Issuer second;

    @TempDir
    private Path folder;
    private final List<TlsMaterial> used = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Logger logger = Logger.getLogger(MaterialFiles.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel() == Level.WARNING) {
                warnings.add(record.getMessage());
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private final SetClock clock = new SetClock();
    private Optional<String> refusal = Optional.empty();
    private MaterialFiles files;

    @BeforeAll
    static void issue() throws Exception {
        root = Issuer.root("root");
        first = root.issue("first");
        second = root.issue("second", "RSA", Issuer.NOW.plus(Duration.ofDays(100)));
    }

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
        files = new MaterialFiles(new TlsFiles(Optional.of(new ServerFiles(certificate(), key())), Optional.empty(),
                Optional.empty()), this::use, clock);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(listener);
    }

    @Test
    void whatTheFilesHoldAtTheStartIsUsed() throws Exception {
        write(first, first);

        files.open();

        assertThat(names()).containsExactly("CN=first");
        assertThat(files.status()).isEqualTo(new TlsStatus(true, Optional.of("CN=first"),
                Optional.of(first.certificate().getNotAfter().toInstant()), Optional.empty()));
    }

    @Test
    void filesThatStayTheSameAreTakenOnce() throws Exception {
        write(first, first);
        files.open();

        files.look();
        files.look();

        assertThat(names()).containsExactly("CN=first");
    }

    @Test
    void changedFilesAreTaken() throws Exception {
        write(first, first);
        files.open();

        write(second, second);
        files.look();

        assertThat(names()).containsExactly("CN=first", "CN=second");
    }

    @Test
    void filesReplacedOneAfterTheOtherAreTakenWhenTheyFit() throws Exception {
        write(first, first);
        files.open();

        write(second, first);
        files.look();
        write(second, second);
        files.look();

        assertThat(names()).containsExactly("CN=first", "CN=second");
        assertThat(warnings).isEmpty();
    }

    @Test
    void filesThatStayBrokenAreComplainedOfOnceAndTheOldOnesStayInUse() throws Exception {
        write(first, first);
        files.open();

        write(second, first);
        files.look();
        files.look();
        files.look();

        assertThat(names()).containsExactly("CN=first");
        assertThat(warnings).hasSize(1);
        assertThat(files.status().subject()).contains("CN=first");
        assertThat(files.status().problem()).hasValueSatisfying(why -> assertThat(why).contains("does not belong"));
    }

    @Test
    void materialThatIsRefusedIsAProblemLikeABrokenFile() throws Exception {
        write(first, first);
        refusal = Optional.of("not this one");

        files.open();

        assertThat(files.status().problem()).contains("not this one");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void filesThatAppearLaterAreTaken() throws Exception {
        files.open();
        assertThat(files.status().problem()).isPresent();

        write(first, first);
        files.look();

        assertThat(names()).containsExactly("CN=first");
        assertThat(files.status().problem()).isEmpty();
    }

    @Test
    void aCertificateIsWarnedOfEachTimeItsEndComesNearer() throws Exception {
        write(first, first); // for 180 days
        files.open();
        assertThat(warnings).isEmpty();

        for (int days : new int[] {140, 151, 155, 167, 174, 179, 179, 181, 182}) {
            clock.now = Issuer.NOW.plus(Duration.ofDays(days));
            files.look();
        }

        assertThat(warnings).hasSize(5); // 30, 14, 7, 1 days, and its end
    }

    @Test
    void anExpiredCertificateIsUsedAndWarnedOf() throws Exception {
        clock.now = Issuer.NOW.plus(Duration.ofDays(200));
        write(first, first);

        files.open();

        assertThat(names()).containsExactly("CN=first");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aCertificateThatIsNotValidYetIsUsedAndWarnedOf() throws Exception {
        clock.now = Issuer.NOW.minus(Duration.ofDays(300));
        write(first, first);

        files.open();

        assertThat(names()).containsExactly("CN=first");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void withoutFilesThereIsNoTls() {
        MaterialFiles none = new MaterialFiles(new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty()), this::use,
                clock);

        none.open();
        none.look();

        assertThat(used).isEmpty();
        assertThat(none.status()).isEqualTo(new TlsStatus(false, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private void use(TlsMaterial material) {
        refusal.ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        used.add(material);
    }

    private List<String> names() {
        return used.stream().map(one -> one.chain().get(0).getSubjectX500Principal().getName()).toList();
    }

    private void write(Issuer certificate, Issuer key) throws Exception {
        Files.writeString(certificate(), certificate.certificatePem());
        Files.writeString(key(), key.keyPem());
    }

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    private static final class SetClock extends Clock {

        Instant now = Issuer.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
