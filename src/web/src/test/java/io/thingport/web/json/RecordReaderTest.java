package io.thingport.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thingport.web.problem.FieldError;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    enum Colour { RED, GREEN }

    record Part(String name, Optional<Integer> size) {
    }

    record Change(Optional<List<String>> names) {
    }

    record Thing(String name, Optional<Integer> count, Optional<Long> big, Optional<Boolean> flag,
            Optional<Colour> colour, List<Part> parts) {
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Thing read(String json) {
        return RecordReader.read(Thing.class, utf8(json));
    }

    private static ProblemException refusal(InputStream body) {
        return catchThrowableOfType(ProblemException.class, () -> RecordReader.read(Thing.class, body));
    }

    private static List<FieldError> errors(String json) {
        return refusal(utf8(json)).errors();
    }

    @Test
    void fillsEveryComponent() {
        assertThat(read("""
                {"name": "ä😀", "count": 3, "big": 4294967295, "flag": true, "colour": "GREEN",
                 "parts": [{"name": "a", "size": 1}, {"name": "b"}]}"""))
                .isEqualTo(new Thing("ä😀", Optional.of(3), Optional.of(4294967295L), Optional.of(true),
                        Optional.of(Colour.GREEN),
                        List.of(new Part("a", Optional.of(1)), new Part("b", Optional.empty()))));
    }

    @Test
    void tellsAnEmptyListFromNoneWhereThatIsAsked() {
        assertThat(RecordReader.read(Change.class, utf8("{\"names\": []}")).names()).contains(List.of());
        assertThat(RecordReader.read(Change.class, utf8("{\"names\": [\"a\"]}")).names()).contains(List.of("a"));
        assertThat(RecordReader.read(Change.class, utf8("{}")).names()).isEmpty();
    }

    @Test
    void takesNullAndAbsenceForTheSame() {
        assertThat(read("{\"name\": \"x\", \"count\": null, \"parts\": null}"))
                .isEqualTo(new Thing("x", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of()));
    }

    @Test
    void acceptsAWholeNumberInAnyNotation() {
        assertThat(read("{\"name\": \"x\", \"count\": 1.2e1}").count()).contains(12);
    }

    @Test
    void namesAMissingField() {
        assertThat(errors("{}")).containsExactly(new FieldError("name", "is missing"));
    }

    @Test
    void namesAnUnknownFieldAndTheKnownOnes() {
        assertThat(errors("{\"name\": \"x\", \"nmae\": 1}")).containsExactly(
                new FieldError("nmae", "unknown; known are name, count, big, flag, colour, parts"));
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        assertThat(errors("""
                {"name": 7, "count": "3", "big": 1.5, "flag": "true", "colour": "BLUE", "parts": {}}"""))
                .containsExactly(new FieldError("name", "has to be a string"),
                        new FieldError("count", "has to be a whole number between -2147483648 and 2147483647"),
                        new FieldError("big",
                                "has to be a whole number between -9223372036854775808 and 9223372036854775807"),
                        new FieldError("flag", "has to be true or false"),
                        new FieldError("colour", "has to be one of RED, GREEN"),
                        new FieldError("parts", "has to be an array"));
    }

    @Test
    void namesAWrongFieldInsideAnArrayByItsIndex() {
        assertThat(errors("{\"name\": \"x\", \"parts\": [{\"name\": \"a\"}, {\"size\": 1, \"sort\": 2}, null]}"))
                .extracting(FieldError::field)
                .containsExactly("parts[1].sort", "parts[1].name", "parts[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000000000", "1e400", "1E+1000000000", "0.5"})
    void refusesANumberThatDoesNotFit(String number) {
        assertThat(errors("{\"name\": \"x\", \"count\": " + number + "}")).extracting(FieldError::field)
                .containsExactly("count");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThat(errors("{\"name\": \"\\ud800\"}")).extracting(FieldError::field).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"name\": \"x\",}", "{\"name\": \"x\"} {}", "[]", "\"x\"", "null", "name=x",
            "{\"name\": \"x\", \"name\": \"y\"}"})
    void refusesWhatIsNotOneJsonObject(String body) {
        assertThat(refusal(utf8(body)).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"name\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(new ByteArrayInputStream(latin1)).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(refusal(utf8("{\"name\": " + "[".repeat(100_000))).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void stopsReadingAtTheLimit() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        assertThat(refusal(new BoundedInputStream(endless, 100_000)).code()).isEqualTo(ProblemCode.BODY_TOO_LARGE);
    }

    @Test
    void readsABodyOfExactlyTheLimit() {
        String body = "{\"name\": \"x\"}";
        assertThat(RecordReader.read(Thing.class, new BoundedInputStream(utf8(body), body.length())).name())
                .isEqualTo("x");
    }
}
