package io.thingport.web.openapi;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times as the vendor writes them: each operation in its own way. */
final class VendorTime {

    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);

    private VendorTime() {
    }

    /** {@code Wed, 20-Feb-2019 02:16:09 GMT} */
    static String gmt(Instant time) {
        return GMT.format(time);
    }

    /** {@code 2019-02-20T02:16:09.000Z} */
    static String utc(Instant time) {
        return UTC.format(time);
    }

    /** Like {@link #utc(Instant)}; empty for a time that has not come. */
    static String utc(Optional<Instant> time) {
        return time.map(VendorTime::utc).orElse("");
    }

    /** {@code 2019-02-20 10:16:09}, as clocks show it in a zone; empty for a time that has not come. */
    static String local(Optional<Instant> time, ZoneId zone) {
        return time.map(LOCAL.withZone(zone)::format).orElse("");
    }
}
