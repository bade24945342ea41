package io.thingport.vendorsdks;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Fills the SDKs' requests through their setters and reads their answers through their getters. */
final class Models {

    private Models() {
    }

    /** A class of an SDK, if it has one of this name. */
    static Optional<Class<?>> find(Class<?> beside, String name) {
        try {
            return Optional.of(Class.forName(name, true, beside.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Sets what is given; a list is called as its first element, the older SDK has an s behind that. */
    static void fill(Object request, Map<String, ?> values) throws ReflectiveOperationException {
        for (Map.Entry<String, ?> value : values.entrySet()) {
            Method setter = setter(request.getClass(), value.getKey());
            setter.invoke(request, converted(value.getValue(), setter.getGenericParameterTypes()[0]));
        }
    }

    private static Method setter(Class<?> type, String name) {
        return Stream.of("set" + name, "set" + name + "s")
                .flatMap(setter -> Stream.of(type.getMethods())
                        .filter(m -> m.getName().equals(setter) && m.getParameterCount() == 1))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(type.getSimpleName() + " has no " + name));
    }

    private static Object converted(Object value, Type type) throws ReflectiveOperationException {
        if (type == Integer.class) {
            return Integer.valueOf(value.toString());
        }
        if (type == Long.class) {
            return Long.valueOf(value.toString());
        }
        if (type == Boolean.class) {
            return Boolean.valueOf(value.toString());
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            List<Object> converted = new ArrayList<>();
            for (Object element : (List<?>) value) {
                converted.add(converted(element, list.getActualTypeArguments()[0]));
            }
            return converted;
        }
        if (value instanceof Map<?, ?> fields) {
            Object element = ((Class<?>) type).getConstructor().newInstance();
            Map<String, Object> named = new LinkedHashMap<>();
            fields.forEach((name, field) -> named.put(name.toString(), field));
            fill(element, named);
            return element;
        }
        return value.toString();
    }

    /** Parameters as they go over the wire: a list's elements one by one, numbered. */
    static Map<String, String> flat(Map<String, ?> values) {
        Map<String, String> flat = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            List<?> elements = value instanceof List<?> list ? list : List.of();
            for (int i = 0; i < elements.size(); i++) {
                flat.put(name + "." + (i + 1), elements.get(i).toString());
            }
            if (!(value instanceof List)) {
                flat.put(name, value.toString());
            }
        });
        return flat;
    }

    /** All fields of an answer that are there. */
    static Map<String, Object> read(Object answer) throws ReflectiveOperationException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Method getter : answer.getClass().getMethods()) {
            if (getter.getName().startsWith("get") && getter.getParameterCount() == 0
                    && getter.getDeclaringClass() == answer.getClass()) {
                Object value = getter.invoke(answer);
                if (value != null) {
                    fields.put(getter.getName().substring("get".length()), plain(value));
                }
            }
        }
        return fields;
    }

    private static Object plain(Object value) throws ReflectiveOperationException {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(plain(element));
            }
            return elements;
        }
        return read(value);
    }
}
