package io.thingport.mqtt;

import java.util.Optional;

/**
 * A topic filter as it stands in a SUBSCRIBE: UTF-8 text of 1 to 65,535 bytes without U+0000. It may still be malformed
 * ({@link #problem()}): a wrong filter is answered in its SUBACK, not by closing the connection. Immutable.
 *
 * @param text the filter
 */
public record TopicFilter(String text) {

    /** Why this is no legal filter [MQTT-4.7.1-1..3], or empty. */
    public Optional<String> problem() {
        if (text.isEmpty()) {
            return Optional.of("empty filter");
        }
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean levelStart = i == 0 || text.charAt(i - 1) == '/';
            boolean levelEnd = i == length - 1 || text.charAt(i + 1) == '/';
            if (c == '#' && (!levelStart || i != length - 1)) {
                return Optional.of("'#' is not the whole last level");
            }
            if (c == '+' && !(levelStart && levelEnd)) {
                return Optional.of("'+' is not a whole level");
            }
        }
        return Optional.empty();
    }

    /** Whether a topic matches, compared level by level [MQTT 5, 4.7]. */
    public boolean matches(TopicName topic) {
        return matches(topic.toString());
    }

    private boolean matches(String topic) {
        int f = 0;
        int t = 0;
        if (topic.charAt(0) == '$' && startsWithWildcard()) {
            return false; // [MQTT-4.7.2-1]
        }
        while (true) {
            int filterEnd = end(text, f);
            if (filterEnd - f == 1 && text.charAt(f) == '#') {
                return true;
            }
            int topicEnd = end(topic, t);
            boolean any = filterEnd - f == 1 && text.charAt(f) == '+';
            if (!any && (filterEnd - f != topicEnd - t || !text.regionMatches(f, topic, t, topicEnd - t))) {
                return false;
            }
            boolean filterDone = filterEnd == text.length();
            boolean topicDone = topicEnd == topic.length();
            if (topicDone) {
                return filterDone || text.startsWith("/#", filterEnd) && filterEnd + 2 == text.length();
            }
            if (filterDone) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    /** Whether every topic that the other filter can match is matched by this one, too. Both have to be legal. */
    public boolean covers(TopicFilter other) {
        int a = 0;
        int b = 0;
        String theirs = other.text;
        if (theirs.startsWith("$") && startsWithWildcard()) {
            return false; // [MQTT-4.7.2-1]
        }
        if (theirs.equals("#")) {
            return text.equals("#") || text.equals("+/#"); // the first level is always there
        }
        while (true) {
            int aEnd = end(text, a);
            char wildcard = aEnd - a == 1 ? text.charAt(a) : 0;
            if (wildcard == '#') {
                return true;
            }
            int bEnd = end(theirs, b);
            if (bEnd - b == 1 && theirs.charAt(b) == '#' || wildcard != '+' && (aEnd - a != bEnd - b
                    || !text.regionMatches(a, theirs, b, bEnd - b))) {
                return false;
            }
            boolean aDone = aEnd == text.length();
            boolean bDone = bEnd == theirs.length();
            if (bDone) {
                return aDone || text.startsWith("/#", aEnd) && aEnd + 2 == text.length();
            }
            if (aDone) {
                return false;
            }
            a = aEnd + 1;
            b = bEnd + 1;
        }
    }

    private boolean startsWithWildcard() {
        return text.startsWith("#") || text.startsWith("+");
    }

    private static int end(String s, int from) {
        int slash = s.indexOf('/', from);
        return slash < 0 ? s.length() : slash;
    }

    @Override
    public String toString() {
        return text;
    }
}
