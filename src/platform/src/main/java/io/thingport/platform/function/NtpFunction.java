package io.thingport.platform.function;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The time, for devices without a clock: {@code {"deviceSendTime":"100"}} is answered with that, {@code serverRecvTime} and
 * {@code serverSendTime}, in milliseconds since 1970; to a number with numbers, to a string with strings, as the Aliyun IoT
 * Platform does. The device adds half of the way it took.
 */
final class NtpFunction implements DeviceFunction {

    private static final int REQUEST_MAXIMUM = 1024;
    private static final int NUMBER_MAXIMUM = 32;
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,19}");
    private static final String SENT = "deviceSendTime";

    private final TopLevelReader json;
    private final Clock clock;

    NtpFunction(TopLevelReader json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> reply(byte[] request) {
        long received = clock.millis();
        if (request.length > REQUEST_MAXIMUM) {
            return Optional.empty();
        }
        return json.read(request, Set.of(SENT)).map(fields -> fields.get(SENT)).filter(NtpFunction::isTime)
                .map(sent -> reply(sent, received).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isTime(JsonScalar value) {
        return switch (value.kind()) {
            case NUMBER -> value.json().length() <= NUMBER_MAXIMUM;
            case STRING -> MILLIS.matcher(value.string()).matches();
            case LITERAL -> false;
        };
    }

    private String reply(JsonScalar sent, long received) {
        String quote = sent.kind() == JsonScalar.Kind.STRING ? "\"" : "";
        return "{\"" + SENT + "\":" + sent.json()
                + ",\"serverRecvTime\":" + quote + received + quote
                + ",\"serverSendTime\":" + quote + clock.millis() + quote + "}";
    }
}
