package io.thingport.platform.function;

/**
 * A JSON value that is neither an object nor an array.
 *
 * @param json   as it stands in JSON: numbers as they were sent, strings with their quotation marks
 * @param string what it says, if it is a string; else the same as {@code json}
 */
record JsonScalar(Kind kind, String string, String json) {

    enum Kind {
        STRING,
        NUMBER,
        /** {@code true}, {@code false} or {@code null} */
        LITERAL
    }
}
