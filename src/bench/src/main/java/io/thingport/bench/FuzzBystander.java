package io.thingport.bench;

import io.netty.channel.EventLoop;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A device that stays connected, publishes numbered messages of both QoS to itself, is sent such messages by Pub, and expects
 * each of these four series without a gap, a repetition or a change of order. All on its event loop's thread.
 */
final class FuzzBystander implements LinkEvents {

    private static final int TICK_MILLIS = 20;
    private static final int OPEN_MAXIMUM = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final EventLoop loop;
    private final Fleet.Device device;
    private final RestApi rest;
    private final FuzzFindings findings;
    private final Series[] series = {new Series("own", 0), new Series("own", 1), new Series("pub", 0), new Series("pub", 1)};
    private MqttLink link;
    private boolean live;
    private boolean publishes = true;
    private boolean pubUnderWay;
    private int turn;
    private int packetId;
    private int unacknowledged;

    /** Messages of one way and one QoS. */
    private static final class Series {
        private final String name;
        private final int qos;
        private int sent;
        private int received;
        private long progress = System.nanoTime();

        Series(String way, int qos) {
            this.name = way + qos;
            this.qos = qos;
        }

        int open() {
            return sent - received;
        }
    }

    private FuzzBystander(EventLoop loop, Fleet.Device device, RestApi rest, FuzzFindings findings) {
        this.loop = loop;
        this.device = device;
        this.rest = rest;
        this.findings = findings;
    }

    /** Connects and begins; on the loop. */
    static FuzzBystander begin(EventLoop loop, int port, Fleet.Device device, boolean v5, boolean clean, RestApi rest,
            FuzzFindings findings) {
        FuzzBystander bystander = new FuzzBystander(loop, device, rest, findings);
        bystander.link = MqttLink.open(loop, port, device.login(), v5, clean, bystander);
        loop.scheduleAtFixedRate(bystander::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return bystander;
    }

    boolean isLive() {
        return live;
    }

    /** Messages that have come. */
    int received() {
        int sum = 0;
        for (Series each : series) {
            sum += each.received;
        }
        return sum;
    }

    /** Sends nothing more. */
    void rest() {
        publishes = false;
    }

    /** All that was sent has come and is acknowledged. */
    boolean settled() {
        for (Series each : series) {
            if (each.open() > 0) {
                return false;
            }
        }
        return unacknowledged == 0 && !pubUnderWay;
    }

    private void tick() {
        if (!live) {
            return;
        }
        long now = System.nanoTime();
        for (Series each : series) {
            if (each.open() > 0 && now - each.progress > PATIENCE_NANOS) {
                violation(each.open() + " messages of " + each.name + " do not come, the first is " + each.received);
                live = false;
            }
        }
        if (!publishes) {
            return;
        }
        for (int qos = 0; qos < 2; qos++) {
            if (series[qos].open() < OPEN_MAXIMUM && unacknowledged < OPEN_MAXIMUM) {
                packetId = packetId % 60_000 + 1;
                unacknowledged += qos;
                link.publish(qos * packetId, false, device.topic("user/echo"),
                        next(series[qos], now).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        if (!pubUnderWay) {
            turn ^= 1;
            pubUnderWay = true;
            Series pub = series[2 + turn];
            rest.pub(device.productKey(), device.name(), "user/get", pub.qos, next(pub, now))
                    .whenComplete((answer, failure) -> loop.execute(() -> answered(answer, failure)));
        }
    }

    private String next(Series of, long now) {
        if (of.open() == 0) {
            of.progress = now;
        }
        return device.name() + " " + of.name + " " + of.sent++;
    }

    private void answered(HttpResponse<String> answer, Throwable failure) {
        pubUnderWay = false;
        if (failure != null || answer.statusCode() != 200 || !RestApi.json(answer).getString("outcome").equals("sent")) {
            violation("Pub was answered with " + (failure == null ? answer.statusCode() + " " + answer.body() : failure));
        }
    }

    @Override
    public void accepted(MqttLink from, boolean sessionPresent) {
        from.subscribe(1, List.of(device.topic("user/echo"), device.topic("user/get")));
    }

    @Override
    public void refused(MqttLink from, int code) {
        violation("refused with " + code);
    }

    @Override
    public void subscribed(MqttLink from, boolean granted) {
        live = granted;
    }

    @Override
    public void received(MqttLink from, int id, boolean dup, byte[] payload) {
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        int qos = id == 0 ? 0 : 1;
        Series of = series[(text.contains(" pub") ? 2 : 0) + qos];
        if (dup || !text.equals(device.name() + " " + of.name + " " + of.received)) {
            violation("at QoS " + qos + (dup ? " with DUP" : "") + " came \"" + text + "\" instead of " + of.received);
        }
        of.received++;
        of.progress = System.nanoTime();
        if (id != 0) {
            from.acknowledge(id);
        }
    }

    @Override
    public void acknowledged(MqttLink from, int id, int reason) {
        unacknowledged--;
        if (reason != 0) {
            violation("PUBACK with " + reason);
        }
    }

    @Override
    public void closed(MqttLink from) {
        live = false;
        violation("its connection was closed");
    }

    private void violation(String what) {
        findings.violation("bystander " + device.name() + ": " + what);
    }
}
