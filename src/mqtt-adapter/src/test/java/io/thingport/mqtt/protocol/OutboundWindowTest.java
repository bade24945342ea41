package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.Delivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboundWindowTest {

    @Test
    void idsRiseFromOneOn() {
        OutboundWindow window = new OutboundWindow(10);

        assertThat(add(window, 3)).extracting(Delivery::packetId).containsExactly(1, 2, 3);
    }

    /** [MQTT-2.2.1-3] */
    @Test
    void afterTheHighestIdComesOneAgain() {
        OutboundWindow window = new OutboundWindow(10);

        spendIds(window, 0xFFFE);

        assertThat(add(window, 2)).extracting(Delivery::packetId).containsExactly(0xFFFF, 1);
    }

    @Test
    void aNewIdStepsOverAllThatAreOpen() {
        OutboundWindow window = new OutboundWindow(10);
        add(window, 3);
        spendIds(window, 0xFFFF - 3);

        assertThat(add(window, 1).get(0).packetId()).isEqualTo(4);
    }

    @Test
    void aNewIdStepsOverARepeatedDelivery() {
        OutboundWindow window = new OutboundWindow(10);
        Delivery first = withId(7);
        window.add(first);
        window.add(withId(2));

        assertThat(add(window, 7)).extracting(Delivery::packetId).containsExactly(1, 3, 4, 5, 6, 8, 9);
        assertThat(first.packetId()).isEqualTo(7);
    }

    @Test
    void anAcknowledgementInAnyOrderFindsItsDelivery() {
        OutboundWindow window = new OutboundWindow(10);
        List<Delivery> sent = add(window, 3);

        assertThat(window.remove(2)).isSameAs(sent.get(1));
        assertThat(window.remove(3)).isSameAs(sent.get(2));
        assertThat(window.remove(1)).isSameAs(sent.get(0));
    }

    @Test
    void anAcknowledgementCountsOnce() {
        OutboundWindow window = new OutboundWindow(10);
        add(window, 1);
        window.remove(1);

        assertThat(window.remove(1)).isNull();
        assertThat(window.remove(0)).isNull();
        assertThat(window.room()).isEqualTo(10);
    }

    @Test
    void thereIsRoomForAsManyAsItsBound() {
        OutboundWindow window = new OutboundWindow(20);

        add(window, 20);

        assertThat(window.room()).isZero();
        window.remove(11);
        assertThat(window.room()).isEqualTo(1);
    }

    @Test
    void whatIsLeftIsInTheOrderItWasSent() {
        OutboundWindow window = new OutboundWindow(100);
        List<Delivery> sent = add(window, 40);
        IntStream.of(1, 2, 5, 17, 40).forEach(window::remove);
        List<Delivery> left = new ArrayList<>(sent);
        left.removeIf(delivery -> Set.of(1, 2, 5, 17, 40).contains(delivery.packetId()));

        assertThat(window.unacknowledged()).containsExactlyElementsOf(left);
    }

    /** Else a client that never acknowledges one delivery makes the server remember all later ones. */
    @Test
    void anUnacknowledgedHeadDoesNotMakeTheRingGrow() {
        OutboundWindow window = new OutboundWindow(100);
        add(window, 1);

        spendIds(window, 100_000);

        assertThat(window.capacity()).isLessThanOrEqualTo(400);
    }

    @Property(tries = 200)
    void openIdsAreAlwaysDifferent(@ForAll @Size(max = 300) List<@IntRange(max = 20) Integer> steps) {
        OutboundWindow window = new OutboundWindow(20);
        spendIds(window, 0xFFFF - 30);
        List<Delivery> open = new ArrayList<>();
        for (int step : steps) {
            if (step < open.size()) {
                Delivery acknowledged = open.remove(step);
                assertThat(window.remove(acknowledged.packetId())).isSameAs(acknowledged);
            } else if (window.room() > 0) {
                open.addAll(add(window, 1));
            }
            Set<Integer> ids = new HashSet<>();
            open.forEach(delivery -> assertThat(ids.add(delivery.packetId())).isTrue());
            assertThat(window.unacknowledged()).containsExactlyElementsOf(open);
            assertThat(window.room()).isEqualTo(20 - open.size());
        }
    }

    private static List<Delivery> add(OutboundWindow window, int count) {
        List<Delivery> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Delivery delivery = new Delivery();
            window.add(delivery);
            added.add(delivery);
        }
        return added;
    }

    /** Sends and acknowledges one by one. */
    private static void spendIds(OutboundWindow window, int count) {
        for (int i = 0; i < count; i++) {
            window.remove(add(window, 1).get(0).packetId());
        }
    }

    private static Delivery withId(int id) {
        Delivery delivery = new Delivery();
        delivery.assignPacketId(id);
        return delivery;
    }
}
