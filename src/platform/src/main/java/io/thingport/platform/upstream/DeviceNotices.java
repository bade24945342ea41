package io.thingport.platform.upstream;

import io.thingport.mqtt.DeviceKey;
import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.QoS;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the messages by which business servers are told what becomes of devices. Topics and fields are those of the Aliyun
 * IoT Platform, "Data formats". Thread-safe.
 */
public final class DeviceNotices {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DateTimeFormatter local;

    /** What happens to a device as such. */
    public enum Action {
        CREATE, DELETE, ENABLE, DISABLE
    }

    /**
     * Whom a message is about and who receives it.
     *
     * @param iotId  of the device
     * @param groups ids of the consumer groups
     */
    public record About(DeviceKey device, String iotId, List<String> groups) {
    }

    /** @param zone of the times that are told without one */
    public DeviceNotices(ZoneId zone) {
        this.local = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    /**
     * A device has connected.
     *
     * @param address where it comes from
     */
    public UpstreamMessage online(long id, About about, Instant when, String address) {
        return status(id, about, "\"status\":\"online\",\"iotId\":\"" + about.iotId() + '"', when, when, address);
    }

    /**
     * A device's connection has ended.
     *
     * @param last    when the device was last heard of
     * @param address where it came from
     */
    public UpstreamMessage offline(long id, About about, OfflineReason why, Instant when, Instant last, String address) {
        return status(id, about, "\"status\":\"offline\",\"iotId\":\"" + about.iotId() + "\",\"offlineReasonCode\":"
                + why.code(), when, last, address);
    }

    private UpstreamMessage status(long id, About about, String first, Instant when, Instant last, String address) {
        String json = '{' + first + ',' + names(about.device())
                + ",\"time\":\"" + local.format(when) + "\",\"utcTime\":\"" + UTC.format(when)
                + "\",\"lastTime\":\"" + local.format(last) + "\",\"utcLastTime\":\"" + UTC.format(last)
                + "\",\"clientIp\":\"" + address + "\"}";
        return message(id, UpstreamKind.STATUS, about, "/as/mqtt/status/" + about.device().productKey() + '/'
                + about.device().deviceName(), when, json);
    }

    /**
     * A device was created or deleted, enabled or disabled.
     *
     * @param secret the device's, for {@link Action#CREATE}
     */
    public UpstreamMessage lifecycle(long id, About about, Action action, Optional<String> secret, Instant when) {
        String json = "{\"action\":\"" + action.name().toLowerCase(Locale.ROOT) + "\",\"iotId\":\"" + about.iotId() + "\","
                + names(about.device()) + ",\"deviceSecret\":\"" + secret.orElse("") + "\",\"messageCreateTime\":"
                + when.toEpochMilli() + '}';
        return message(id, UpstreamKind.LIFECYCLE, about, '/' + about.device().productKey() + '/'
                + about.device().deviceName() + "/thing/lifecycle", when, json);
    }

    /** Nothing in keys, names, ids, secrets and addresses has to be escaped in JSON. */
    private static String names(DeviceKey device) {
        return "\"productKey\":\"" + device.productKey() + "\",\"deviceName\":\"" + device.deviceName() + '"';
    }

    private static UpstreamMessage message(long id, UpstreamKind kind, About about, String topic, Instant when,
            String json) {
        return new UpstreamMessage(id, kind, about.device(), about.groups(), topic, QoS.AT_LEAST_ONCE, when.toEpochMilli(),
                PublishProperties.NONE, json.getBytes(StandardCharsets.UTF_8));
    }
}
