package io.thingport.upstream.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorsTest {

    private long now;

    @Test
    void aGroupHasSoManyConnectionsAtOnce() {
        Doors doors = doors(2, 9, 9);
        assertThat(doors.enter("1", identity("a", "g"))).isEmpty();
        assertThat(doors.enter("2", identity("b", "g"))).isEmpty();

        assertThat(doors.enter("3", identity("c", "g"))).hasValue("2 connections of the group");
        assertThat(doors.enter("4", identity("c", "h"))).isEmpty();
    }

    @Test
    void aConnectionThatLeavesMakesRoom() {
        Doors doors = doors(1, 9, 9);
        doors.enter("1", identity("a", "g"));
        doors.leave("1");

        assertThat(doors.enter("2", identity("b", "g"))).isEmpty();
        assertThat(doors.inside()).isEqualTo(1);
    }

    @Test
    void aConnectionEntersOnce() {
        Doors doors = doors(1, 1, 1);
        doors.enter("1", identity("a", "g"));

        assertThat(doors.enter("1", identity("a", "g"))).isEmpty();
        assertThat(doors.inside()).isEqualTo(1);
    }

    @Test
    void aClientHasSoManyConnectionsAtOnceInWhateverGroup() {
        Doors doors = doors(9, 2, 9);
        doors.enter("1", identity("a", "g"));
        doors.enter("2", identity("a", "h"));

        assertThat(doors.enter("3", identity("a", "i"))).hasValue("2 connections of the client");
        assertThat(doors.enter("4", identity("b", "i"))).isEmpty();
    }

    @Test
    void aGroupHasSoManyConnectionsWithinAMinute() {
        Doors doors = doors(9, 9, 2);
        for (int i = 0; i < 2; i++) {
            doors.enter(i, identity("a", "g"));
            doors.leave(i);
        }

        assertThat(doors.enter("3", identity("a", "g"))).hasValue("more than 2 connections of the group within a minute");
        now += Duration.ofMinutes(2).toNanos();
        assertThat(doors.enter("3", identity("a", "g"))).isEmpty();
    }

    @Test
    void whoWasNeverInMayLeave() {
        Doors doors = doors(1, 1, 1);
        doors.leave("1");

        assertThat(doors.inside()).isZero();
    }

    private Doors doors(int group, int client, int attempts) {
        return new Doors(new ConsumerLimits(group, client, attempts, 0, 0, 0, ConsumerTimes.VENDOR), () -> now);
    }

    private static ConsumerIdentity identity(String clientId, String group) {
        return new ConsumerIdentity(clientId + "|…|", clientId, "key", group);
    }
}
