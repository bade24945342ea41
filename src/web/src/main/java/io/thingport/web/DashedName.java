package io.thingport.web;

import java.util.Locale;

/** How the API and the metrics write the name of an enum's constant: {@code NOT_SUBSCRIBED} is {@code not-subscribed}. */
public final class DashedName {

    private DashedName() {
    }

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
