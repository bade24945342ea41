package io.thingport.mqtt;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Logs what is refused to clients: each case at debug level, and of each reason at most one line a second at info level,
 * which says how many were not mentioned before it. Owned by one loop's thread.
 *
 * @param <E> the reasons
 */
public final class RefusalLog<E extends Enum<E>> {

    private static final int TEXT_MAXIMUM = 200;
    private static final long INTERVAL_MILLIS = 1_000;

    private final System.Logger logger;
    private final String what;
    private final LongSupplier millis;
    private final long[] saidMillis;
    private final int[] unsaid;

    /**
     * @param what   the kind of thing that is refused, to begin the line with
     * @param millis the clock, from whatever beginning
     */
    public RefusalLog(System.Logger logger, String what, Class<E> reasons, LongSupplier millis) {
        this.logger = logger;
        this.what = what;
        this.millis = millis;
        this.saidMillis = new long[reasons.getEnumConstants().length];
        this.unsaid = new int[saidMillis.length];
        Arrays.fill(saidMillis, Long.MIN_VALUE);
    }

    /**
     * @param who    the device or address
     * @param detail what a device may have written; shortened, control characters replaced
     */
    public void say(E reason, Object who, String detail) {
        if (logger.isLoggable(System.Logger.Level.DEBUG)) {
            logger.log(System.Logger.Level.DEBUG, what + ": " + reason + ", " + who + ", " + clean(detail));
        }
        int i = reason.ordinal();
        long now = millis.getAsLong();
        if (saidMillis[i] != Long.MIN_VALUE && now - saidMillis[i] < INTERVAL_MILLIS) {
            unsaid[i]++;
            return;
        }
        String before = unsaid[i] == 0 ? "" : " (and " + unsaid[i] + " before it)";
        saidMillis[i] = now;
        unsaid[i] = 0;
        logger.log(System.Logger.Level.INFO, what + ": " + reason + ", " + who + ", " + clean(detail) + before);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), TEXT_MAXIMUM) + 1);
        for (int i = 0; i < text.length() && i < TEXT_MAXIMUM; i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return text.length() > TEXT_MAXIMUM ? clean.append('…').toString() : clean.toString();
    }
}
