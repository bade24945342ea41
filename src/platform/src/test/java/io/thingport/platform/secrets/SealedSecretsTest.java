package io.thingport.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SealedSecretsTest {

    private static final Secret SECRET = Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640");
    private static final int DEVICES = 1200;

    @Parameter
    private Kind kind;
    private final SecureRandom random = new SecureRandom();
    private final MasterKeyRing first = MasterKeyRing.generate(random);
    private final SecretBox box = new SecretBox(first, random);
    private TestDatabase database;

    @BeforeEach
    void fill() {
        database = TestDatabase.open(kind);
        database.run(entities -> {
            entities.createNativeQuery("insert into product (id, product_key, name, created_at, classes_version, version, secret)"
                    + " values (1, 'a1', 'lamp', now(), 0, 0, ?)")
                    .setParameter(1, box.seal(SECRET, "product:a1")).executeUpdate();
            entities.createNativeQuery("insert into access_key (access_key_id, secret, scopes, enabled,"
                    + " created_at) values ('TP', ?, 'MANAGE', true, now())")
                    .setParameter(1, box.seal(SECRET, "access-key:TP")).executeUpdate();
            IntStream.range(0, DEVICES).forEach(i -> entities.createNativeQuery("insert into device (id, product_key,"
                    + " device_name, iot_id, secret, previous_secret, enabled, created_at, version)"
                    + " values (?, 'a1', ?, ?, ?, ?, true, now(), 0)")
                    .setParameter(1, i + 1).setParameter(2, "lamp_" + i).setParameter(3, "iot" + i)
                    .setParameter(4, box.seal(SECRET, "device:a1/lamp_" + i))
                    .setParameter(5, box.seal(SECRET, "device:a1/lamp_" + i)).executeUpdate());
        });
    }

    @Test
    void everySecretIsCountedByItsVersion() {
        assertThat(count()).isEqualTo(Map.of(1, 2L * DEVICES + 2));
    }

    @Test
    void afterAWalkThroughAllColumnsEverySecretIsSealedWithTheNewestVersion() {
        box.use(first.next(random));
        for (SealedColumn column : SealedColumn.values()) {
            walk(column);
        }

        assertThat(count()).isEqualTo(Map.of(2, 2L * DEVICES + 2));
        assertThat(sealedOf("select secret from device where device_name = 'lamp_1199'"))
                .allSatisfy(sealed -> assertThat(box.open(sealed, "device:a1/lamp_1199")).isEqualTo(SECRET));
        assertThat(sealedOf("select secret from product"))
                .allSatisfy(sealed -> assertThat(box.open(sealed, "product:a1")).isEqualTo(SECRET));
    }

    @Test
    void oneStepIsBounded() {
        box.use(first.next(random));
        step(SealedColumn.DEVICE_SECRET, Optional.empty());

        assertThat(count()).containsEntry(2, 500L);
    }

    @Test
    void whatIsSealedWithTheNewestVersionStaysAsItIs() {
        List<String> before = sealedOf("select secret from device order by id");
        walk(SealedColumn.DEVICE_SECRET);

        assertThat(sealedOf("select secret from device order by id")).isEqualTo(before);
    }

    @Test
    void aSecretThatDoesNotOpenStaysAndHoldsNothingUp() {
        database.run(entities -> entities.createNativeQuery(
                "update device set secret = '1:damaged' where device_name = 'lamp_3'").executeUpdate());
        box.use(first.next(random));
        walk(SealedColumn.DEVICE_SECRET);

        assertThat(sealedOf("select secret from device where secret not like '2:%'")).containsExactly("1:damaged");
    }

    private void walk(SealedColumn column) {
        Optional<Object> next = Optional.empty();
        do {
            next = step(column, next).next();
        } while (next.isPresent());
    }

    private SealedSecrets.Step step(SealedColumn column, Optional<Object> after) {
        return database.call(entities -> new SealedSecrets(entities, box).seal(column, after));
    }

    private Map<Integer, Long> count() {
        return database.call(entities -> new SealedSecrets(entities, box).countByVersion());
    }

    private List<String> sealedOf(String query) {
        return database.call(entities -> entities.createNativeQuery(query).getResultList().stream()
                .map(String.class::cast).toList());
    }
}
