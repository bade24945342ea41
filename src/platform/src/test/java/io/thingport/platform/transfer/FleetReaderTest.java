package io.thingport.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.DynamicRegistration;
import io.thingport.platform.registry.FleetLine;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.transfer.FleetReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetReaderTest {

    private static final String HUSH = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";

    @Test
    void aFileOfDevicesNeedsNoTypes() throws IOException {
        assertThat(contents("DeviceName,DeviceSecret,ProductKey\nlamp_01," + HUSH + ",a1\n")).containsExactly(
                new DeviceLine("a1", "lamp_01", Optional.of(Secret.of(HUSH)), Optional.empty(), Optional.empty()));
    }

    @Test
    void eachTypeHasItsColumns() throws IOException {
        assertThat(contents("""
                type,productKey,productSecret,name,description,topicClasses,suffix,operation,deviceName,deviceSecret,nickname,state,dynamicRegistration,authentication
                product,a1,AbCdEfGh01234567,lamp,lights up,listed,,,,,,,any-name,x509
                topic-class,a1,,,on or off,,user/state,ALL,,,,,,
                device,a1,,,,,,,lamp_01,7f3c9a5e1b8d4260a7c5e3f19b2d8640,hall_lamp,disabled,,
                """)).containsExactly(
                new ProductLine("a1", Optional.of(Secret.of("AbCdEfGh01234567")), Optional.of("lamp"),
                        Optional.of("lights up"), false, Optional.of(DynamicRegistration.ANY_NAME),
                        Optional.of(Authentication.X509)),
                new TopicClassLine("a1", "user/state", Operation.ALL, Optional.of("on or off")),
                new DeviceLine("a1", "lamp_01", Optional.of(Secret.of(HUSH)), Optional.of("hall_lamp"),
                        Optional.of(false)));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
        assertThat(contents("\uFEFFproductKey,deviceName\na1,lamp_01\n")).hasSize(1);
    }

    @Test
    void cellsMayBeQuoted() throws IOException {
        assertThat(contents("type,productKey,name,description\r\nproduct,a1,\"lamp\",\"says \"\"on\"\", or off\r\n"
                + "on two lines\"\r\n")).containsExactly(new ProductLine("a1", Optional.empty(), Optional.of("lamp"),
                        Optional.of("says \"on\", or off\r\non two lines"), true, Optional.empty(), Optional.empty()));
    }

    @Test
    void aLineIsNumberedAsAnEditorDoes() throws IOException {
        assertThat(lines("productKey,deviceName,nickname\na1,lamp_01,\"on\ntwo lines\"\n\na1,lamp_02,\n"))
                .extracting(Line::number).containsExactly(2L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a1,lamp_01,,device,enabled,too many|the line has 6 columns, the header has 5",
        "a1|the line has 1 columns, the header has 5",
        ",lamp_01,,device,|productKey: is missing",
        "a1,,,device,|deviceName: is missing",
        "a1,lamp_01,,lamp,|type: has to be one of product, topic-class, device",
        "a1,lamp_01,,device,off|state: has to be one of enabled, disabled"})
    void aLineThatMakesNoSenseIsToldWithTheColumn(String lineAndProblem) throws IOException {
        String[] parts = lineAndProblem.split("\\|");
        List<Line> lines = lines("productKey,deviceName,nickname,type,state\n" + parts[0] + "\na1,lamp_02,,,\n");

        assertThat(lines.get(0).problem()).isEqualTo(parts[1]);
        assertThat(lines.get(1).content()).isPresent();
    }

    @Test
    void whatIsNotUtf8FailsItsLineAlone() throws IOException {
        List<Line> lines = read(("productKey,deviceName,nickname\na1,lamp_01,gr\u00fcn_01\na1,lamp_02,\n")
                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(lines.get(0).problem()).isEqualTo("nickname: not UTF-8");
        assertThat(lines.get(1).content()).isPresent();
    }

    @Test
    void anEmptyFileIsNone() {
        invalid("", "empty");
    }

    @Test
    void anUnknownColumnIsToldByItsNumberForItMayBeASecret() {
        invalid("productKey,deviceName," + HUSH, "column 3");
    }

    @Test
    void aColumnMayNotComeTwice() {
        invalid("productKey,deviceName,DEVICENAME", "twice");
    }

    @Test
    void theProductKeyIsNeeded() {
        invalid("deviceName,deviceSecret", "productKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1,\"lamp_02,", "a1,\"lamp\" _02,"})
    void whereTheFileIsNoCsvReadingEnds(String broken) throws IOException {
        FleetReader reader = open(("productKey,deviceName,nickname\na1,lamp_01,\n" + broken + HUSH + "\n"
                + "a1,lamp_03,\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));

        assertThat(reader.next()).isPresent();
        assertThatThrownBy(reader::next).isInstanceOf(RegistryException.class)
                .hasMessageContaining("after line 2").message().doesNotContain(HUSH);
    }

    @Test
    void aLineIsBounded() throws IOException {
        FleetReader reader = open(("productKey,deviceName\na1," + "x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(reader::next).isInstanceOf(RegistryException.class);
    }

    private static void invalid(String file, String message) {
        assertThatThrownBy(() -> open(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(RegistryException.class,
                        e -> assertThat(e.problem()).isEqualTo(RegistryProblem.INVALID_IMPORT))
                .hasMessageContaining(message).message().doesNotContain(HUSH);
    }

    private static List<FleetLine> contents(String file) throws IOException {
        return lines(file).stream().map(line -> line.content().orElseThrow(() -> new AssertionError(line))).toList();
    }

    private static List<Line> lines(String file) throws IOException {
        return read(file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> read(byte[] file) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (FleetReader reader = open(file)) {
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
            }
        }
        return lines;
    }

    private static FleetReader open(byte[] file) throws IOException {
        return FleetReader.open(new ByteArrayInputStream(file));
    }
}
