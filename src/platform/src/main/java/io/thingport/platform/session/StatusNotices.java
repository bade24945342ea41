package io.thingport.platform.session;

import io.thingport.mqtt.CloseReason;
import io.thingport.platform.messaging.MessageIds;
import io.thingport.platform.registry.ProductAccess;
import io.thingport.platform.upstream.DeviceNotices;
import io.thingport.platform.upstream.OfflineReason;
import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.time.Clock;
import java.time.Instant;

/**
 * Tells consumer groups, and those who watch, when devices come and go, in the order in which they do; where nobody wants to
 * know, it costs nothing. Owned by the loop's thread.
 */
final class StatusNotices {

    private final DeviceNotices notices;
    private final MessageIds ids;
    private final Clock clock;
    private final UpstreamBursts upstream;
    private final WatchBursts watch;
    private final Outbound outbound;

    StatusNotices(Surroundings surroundings, UpstreamBursts upstream, WatchBursts watch,
            Outbound outbound) {
        this.notices = surroundings.notices();
        this.ids = surroundings.ids();
        this.clock = surroundings.clock();
        this.upstream = upstream;
        this.watch = watch;
        this.outbound = outbound;
    }

    /** A device has connected. */
    void online(Connection connection) {
        if (isWanted(connection)) {
            tell(connection, notices.online(ids.next(), about(connection), connection.info().since(),
                    connection.info().address()));
        }
    }

    /** A device's connection has ended. */
    void offline(Connection connection, OfflineReason why) {
        if (isWanted(connection)) {
            Instant now = clock.instant();
            tell(connection, notices.offline(ids.next(), about(connection), why, now,
                    now.minusSeconds(connection.channel().silence()), connection.info().address()));
        }
    }

    /** Why a device is offline whose channel has closed by itself. */
    static OfflineReason reason(CloseReason.Cause cause) {
        return switch (cause) {
            case CLIENT_DISCONNECT -> OfflineReason.DISCONNECTED;
            case CONNECTION_LOST, KEEP_ALIVE_TIMEOUT -> OfflineReason.CONNECTION_LOST;
            case PROTOCOL_ERROR, SERVER -> OfflineReason.CLOSED;
        };
    }

    private static boolean isWanted(Connection connection) {
        ProductAccess product = connection.session().product();
        return product.watched() || !product.subscription().groups(UpstreamKind.STATUS).isEmpty();
    }

    private static DeviceNotices.About about(Connection connection) {
        return new DeviceNotices.About(connection.session().device(), connection.iotId(),
                connection.session().product().subscription().groups(UpstreamKind.STATUS));
    }

    private void tell(Connection connection, UpstreamMessage message) {
        if (!message.groups().isEmpty() && !upstream.add(message)) {
            outbound.drop(connection.session(), DropReason.UPSTREAM_FULL, message.topic());
        }
        if (connection.session().product().watched()) {
            watch.add(message);
        }
    }
}
