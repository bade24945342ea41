package io.thingport.platform.function;

import io.thingport.mqtt.TopicName;
import io.thingport.platform.access.TopicAddress;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which topics of a device the platform answers. */
public final class Functions {

    private static final String NTP = "/ext/ntp/";
    private static final Pattern REPORT = Pattern.compile("thing/event/[^/]+/post|thing/deviceinfo/(update|delete)");

    private final TopLevelReader json;
    private final NtpFunction ntp;

    /** @param provider taken where the application's class loader is at hand: event loops could not find one */
    public Functions(JsonProvider provider, Clock clock) {
        this.json = new TopLevelReader(provider);
        this.ntp = new NtpFunction(json, clock);
    }

    /**
     * The function that answers on a topic, if one does.
     *
     * @param address what {@link TopicAddress#of(TopicName)} makes of the topic
     */
    public Optional<AnsweredTopic> of(TopicName topic, TopicAddress address) {
        String text = topic.toString();
        if (text.startsWith(NTP) && address.rest().equals("request")) {
            String reply = text.substring(0, text.length() - "request".length()) + "response";
            return Optional.of(new AnsweredTopic(ntp, TopicName.of(reply)));
        }
        if (address.kind() == TopicAddress.Kind.SYSTEM && REPORT.matcher(address.rest()).matches()) {
            String method = address.rest().replace('/', '.');
            return Optional.of(new AnsweredTopic(new ReportFunction(json, method), TopicName.of(text + "_reply")));
        }
        return Optional.empty();
    }
}
