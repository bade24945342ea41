package io.thingport.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.thingport.mqtt.protocol.Unauthenticated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that cannot accept a connection rests, and tries again by itself. */
class AcceptPaceTest {

    private final List<Channel> rests = new ArrayList<>();
    private final EmbeddedChannel server = new EmbeddedChannel();

    @BeforeEach
    void failToAccept() {
        server.freezeTime();
        server.pipeline().addLast(new AcceptPace("main", new Unauthenticated(1_000, 10), rests::add));
        server.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
    }

    @Test
    void itRests() {
        assertThat(server.config().isAutoRead()).isFalse();
        assertThat(rests).containsExactly(server);
    }

    @Test
    void itGoesOn() {
        server.advanceTimeBy(AcceptPace.LOOK_MILLIS, TimeUnit.MILLISECONDS);
        server.runScheduledPendingTasks();

        assertThat(server.config().isAutoRead()).isTrue();
    }

    @Test
    void whenItHasClosedItLooksNoMore() {
        server.close();
        server.advanceTimeBy(AcceptPace.LOOK_MILLIS, TimeUnit.MILLISECONDS);

        assertThat(server.runScheduledPendingTasks()).isEqualTo(-1);
        assertThat(server.config().isAutoRead()).isFalse();
    }

    @Test
    void itRestsOnceForMoreFailuresInARow() {
        server.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));

        assertThat(rests).hasSize(1);
    }
}
