package io.thingport.web.json;

import io.thingport.web.problem.FieldErrors;
import io.thingport.web.problem.ProblemCode;
import io.thingport.web.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a record from a JSON object, strictly: an unknown field, a missing one, a field twice and a value of another
 * JSON type are errors, and all errors of a body are told together. JSON-B does none of this by itself.
 *
 * <p>A component is a {@code String}, {@code Integer}, {@code Long}, {@code Boolean}, an enum or another record, and
 * needed; or one of these in an {@link Optional} or a {@link List}, which may be missing or null.
 */
public final class RecordReader {

    /** JSON-P's own key for this concerns its readers alone, and these do not see what follows the object. */
    private static final String REFUSE_A_FIELD_TWICE = "org.eclipse.parsson.rejectDuplicateKeys";
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of(REFUSE_A_FIELD_TWICE, true));
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private RecordReader() {
    }

    /**
     * Reads UTF-8 text up to its end.
     *
     * @throws ProblemException {@link ProblemCode#MALFORMED_JSON} or {@link ProblemCode#INVALID_REQUEST}
     */
    public static <R extends Record> R read(Class<R> type, InputStream body) {
        JsonValue json = parse(body);
        if (json.getValueType() != JsonValue.ValueType.OBJECT) {
            throw new ProblemException(ProblemCode.MALFORMED_JSON, "the body has to be a JSON object");
        }
        FieldErrors errors = new FieldErrors();
        Optional<R> read = record(json.asJsonObject(), type, "", errors);
        errors.throwIfAny();
        return read.orElseThrow();
    }

    private static JsonValue parse(InputStream body) {
        try (JsonParser parser = PARSERS.createParser(
                new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()))) {
            parser.next();
            JsonValue json = parser.getValue();
            if (parser.hasNext()) {
                throw malformed("more follows the JSON object");
            }
            return json;
        } catch (ProblemException e) {
            throw e;
        } catch (JsonParsingException e) {
            throw malformed("the body is not JSON: line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber());
        } catch (RuntimeException e) { // the parser has no type of its own for nesting too deep and a field given twice
            throw e.getCause() instanceof BodyTooLargeException tooLarge ? tooLarge.problem()
                    : malformed("the body is empty, not UTF-8, nested too deeply or has a field twice");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED_JSON, detail);
    }

    private static <R extends Record> Optional<R> record(JsonObject json, Class<R> type, String path,
            FieldErrors errors) {
        Shape shape = SHAPES.get(type);
        json.keySet().stream().filter(key -> !shape.names().contains(key)).forEach(key -> errors.add(path + key,
                "unknown; known are " + String.join(", ", shape.names())));
        Object[] values = new Object[shape.names().size()];
        boolean whole = true;
        for (int i = 0; i < values.length; i++) {
            String name = shape.names().get(i);
            Optional<Object> value = component(json.get(name), shape.types().get(i), path + name, errors);
            whole &= value.isPresent();
            values[i] = value.orElse(null);
        }
        return whole ? Optional.of(type.cast(shape.construct(values))) : Optional.empty();
    }

    /** The value for a component, or empty when an error was noted. */
    private static Optional<Object> component(JsonValue given, Type type, String path, FieldErrors errors) {
        boolean missing = given == null || given == JsonValue.NULL;
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return missing ? Optional.of(List.of()) : list(given, (Class<?>) argument, path, errors);
            }
            if (missing) {
                return Optional.of(Optional.empty());
            }
            return (argument instanceof ParameterizedType ? component(given, argument, path, errors)
                    : single(given, (Class<?>) argument, path, errors)).map(Optional::of);
        }
        if (missing) {
            errors.add(path, "is missing");
            return Optional.empty();
        }
        return single(given, (Class<?>) type, path, errors);
    }

    private static Optional<Object> list(JsonValue given, Class<?> element, String path, FieldErrors errors) {
        if (!(given instanceof JsonArray array)) {
            errors.add(path, "has to be an array");
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            single(array.get(i), element, path + "[" + i + "]", errors).ifPresent(values::add);
        }
        return values.size() == array.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private static Optional<Object> single(JsonValue given, Class<?> type, String path, FieldErrors errors) {
        if (type == String.class) {
            return text(given, path, errors);
        }
        if (type == Integer.class) {
            return number(given, Integer.MIN_VALUE, Integer.MAX_VALUE, path, errors).map(Long::intValue);
        }
        if (type == Long.class) {
            return number(given, Long.MIN_VALUE, Long.MAX_VALUE, path, errors).map(Long.class::cast);
        }
        if (type == Boolean.class) {
            boolean known = given == JsonValue.TRUE || given == JsonValue.FALSE;
            errors.check(known, path, "has to be true or false");
            return known ? Optional.of(given == JsonValue.TRUE) : Optional.empty();
        }
        if (type.isEnum()) {
            return constant(given, type.getEnumConstants(), path, errors);
        }
        if (type.isRecord()) {
            if (given instanceof JsonObject object) {
                return record(object, type.asSubclass(Record.class), path + ".", errors).map(r -> r);
            }
            errors.add(path, "has to be an object");
            return Optional.empty();
        }
        throw new IllegalArgumentException("no request holds a " + type);
    }

    private static Optional<Object> text(JsonValue given, String path, FieldErrors errors) {
        if (!(given instanceof JsonString string)) {
            errors.add(path, "has to be a string");
            return Optional.empty();
        }
        String text = string.getString();
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        errors.check(encodable, path, "holds half a surrogate pair, which is not Unicode text");
        return encodable ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Long> number(JsonValue given, long least, long most, String path, FieldErrors errors) {
        if (given instanceof JsonNumber number) {
            try {
                long value = number.longValueExact();
                if (value >= least && value <= most) {
                    return Optional.of(value);
                }
            } catch (ArithmeticException notWhole) {
                // told below
            }
        }
        errors.add(path, "has to be a whole number between " + least + " and " + most);
        return Optional.empty();
    }

    private static Optional<Object> constant(JsonValue given, Object[] constants, String path, FieldErrors errors) {
        Optional<Object> found = Arrays.stream(constants)
                .filter(c -> given instanceof JsonString string && string.getString().equals(c.toString()))
                .findFirst();
        errors.check(found.isPresent(), path, "has to be one of "
                + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")));
        return found;
    }

    /** What is known of a record's type, found out once. */
    private record Shape(Constructor<?> constructor, List<String> names, List<Type> types) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                return new Shape(type.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType)
                        .toArray(Class<?>[]::new)),
                        Stream.of(components).map(RecordComponent::getName).toList(),
                        Stream.of(components).map(RecordComponent::getGenericType).toList());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("a record without its constructor: " + type, e);
            }
        }

        Object construct(Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a request's record has a public constructor that takes any value", e);
            }
        }
    }
}
