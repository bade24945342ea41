package io.thingport.platform.function;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TopLevelReaderTest {

    private static final int PACKET = 256 * 1024;

    private final TopLevelReader reader = new TopLevelReader(JsonProvider.provider());

    @Property
    void anyBytesAreReadWithoutAnException(@ForAll byte[] bytes) {
        read(bytes);
    }

    @Property
    void anyMixOfJsonsWordsIsReadWithoutAnException(@ForAll("words") List<String> words) {
        read(words.stream().collect(Collectors.joining()));
    }

    @Example
    void ofANameThatComesTwiceTheFirstCounts() {
        assertThat(read("{\"id\":1,\"id\":2}").orElseThrow().get("id").json()).isEqualTo("1");
    }

    @Example
    void deepNestingIsRefused() {
        assertThat(read("{\"id\":1,\"x\":" + "[".repeat(63) + "]".repeat(63) + "}")).isPresent();
        assertThat(read("{\"id\":1,\"x\":" + "[".repeat(64) + "]".repeat(64) + "}")).isEmpty();
        assertThat(read("{\"x\":".repeat(PACKET / 5))).isEmpty();
        assertThat(read("[".repeat(PACKET))).isEmpty();
    }

    @Example
    void hugeNumbersAreOnlyText() {
        String digits = "9".repeat(PACKET);
        assertThat(read("{\"id\":" + digits + "}").orElseThrow().get("id").json()).isEqualTo(digits);
        assertThat(read("{\"id\":1e999999999,\"x\":" + digits + "}").orElseThrow().get("id").json())
                .isEqualTo("1e999999999");
    }

    @Example
    void invalidUtf8IsRefused() {
        byte[] bytes = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        bytes[7] = (byte) 0xC3;
        assertThat(read(bytes)).isEmpty();
    }

    @Example
    void otherEncodingsOfUnicodeAreRefused() {
        assertThat(read("{\"id\":1}".getBytes(StandardCharsets.UTF_16))).isEmpty();
    }

    @Example
    void manyNamesAreRead() {
        String names = IntStream.range(0, PACKET / 10).mapToObj(i -> "\"n" + i + "\":0")
                .collect(Collectors.joining(","));
        assertThat(read("{" + names + ",\"id\":7}").orElseThrow().get("id").json()).isEqualTo("7");
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of("{", "}", "[", "]", ":", ",", "\"id\"", "\"method\"", "\"x\"", "1", "-", "1e9", "true", "null",
                "\"", "\\", "\\u00", " ", "/*", "\u0000", "灯").list().ofMaxSize(40);
    }

    private Optional<Map<String, JsonScalar>> read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Map<String, JsonScalar>> read(byte[] json) {
        return reader.read(json, Set.of("id", "method"));
    }
}
