package io.thingport.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What carries a secret does not print it. */
class SecretRecordsTest {

    private static final String SECRET = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";

    static List<Record> records() {
        return List.of(
                new NewProductRequest(Optional.empty(), "lamp", Optional.empty(), Optional.of(SECRET), Optional.empty()),
                new ProductSecretAnswer(SECRET),
                new NewDeviceRequest(Optional.empty(), Optional.empty(), Optional.of(SECRET)),
                new NewDeviceAnswer("a1", "lamp_01", SECRET, "iot", Optional.empty(), DeviceStatus.UNACTIVE, Instant.EPOCH),
                new SecretAnswer(SECRET),
                new SecretRotationRequest(Optional.of(SECRET), Optional.empty()),
                new RotatedSecretAnswer(SECRET, Optional.empty()),
                new TokenAnswer("token", SECRET, List.of("a1"), List.of("watch"), Instant.EPOCH),
                new IssuedKeyAnswer("TP", SECRET, "", List.of("manage"), List.of(), Optional.empty(), Instant.EPOCH),
                new RotatedKeyAnswer(SECRET, Optional.empty()),
                new NewProductRequest(Optional.empty(), "lamp", Optional.empty(), Optional.of(SECRET), Optional.empty()).product(),
                new NewDeviceRequest(Optional.empty(), Optional.empty(), Optional.of(SECRET)).device());
    }

    @ParameterizedTest
    @MethodSource("records")
    void aSecretIsNotPrinted(Record record) {
        assertThat(record.toString()).doesNotContain(SECRET);
    }
}
