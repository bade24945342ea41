package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.ReasonCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class InboundWindowTest {

    /** [MQTT-4.6.0-2] */
    @Property
    void acknowledgesInTheOrderOfArrivalWhateverTheOrderOfSettling(
            @ForAll @Size(min = 1, max = 60) @UniqueElements List<@IntRange(min = 1, max = 0xFFFF) Integer> ids,
            @ForAll long seed) {
        InboundWindow window = new InboundWindow(60);
        List<Long> tokens = new ArrayList<>();
        ids.forEach(id -> tokens.add(window.add(id)));
        Collections.shuffle(tokens, new Random(seed));
        List<Integer> acknowledged = new ArrayList<>();
        for (long token : tokens) {
            window.settle(token, ReasonCode.SUCCESS);
            acknowledged.addAll(takeHeads(window));
        }

        assertThat(acknowledged).isEqualTo(ids);
    }

    @Test
    void anUnsettledOneHoldsThoseBehindIt() {
        InboundWindow window = new InboundWindow(10);
        long first = window.add(1);
        long second = window.add(2);

        window.settle(second, ReasonCode.SUCCESS);
        assertThat(takeHeads(window)).isEmpty();

        window.settle(first, ReasonCode.SUCCESS);
        assertThat(takeHeads(window)).containsExactly(1, 2);
    }

    @Test
    void keepsEachReason() {
        InboundWindow window = new InboundWindow(10);
        long first = window.add(1);
        long second = window.add(2);
        window.settle(second, ReasonCode.QUOTA_EXCEEDED);
        window.settle(first, ReasonCode.NOT_AUTHORIZED);

        assertThat(window.headReason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        window.removeHead();
        assertThat(window.headReason()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void anIdIsOpenFromArrivalToAcknowledgement() {
        InboundWindow window = new InboundWindow(10);
        assertThat(window.isOpen(0xFFFF)).isFalse();

        long token = window.add(0xFFFF);
        assertThat(window.isOpen(0xFFFF)).isTrue();

        window.settle(token, ReasonCode.SUCCESS);
        assertThat(window.isOpen(0xFFFF)).isTrue();

        assertThat(takeHeads(window)).containsExactly(0xFFFF);
        assertThat(window.isOpen(0xFFFF)).isFalse();
    }

    @Test
    void anIdThatComesAgainGetsANewToken() {
        InboundWindow window = new InboundWindow(10);
        long first = window.add(5);
        window.settle(first, ReasonCode.SUCCESS);
        takeHeads(window);
        long second = window.add(5);

        window.settle(first, ReasonCode.SUCCESS);

        assertThat(second).isNotEqualTo(first);
        assertThat(window.headIsSettled()).isFalse();
    }

    @Test
    void aTokenThatWasNeverGivenIsIgnored() {
        InboundWindow window = new InboundWindow(10);
        window.add(1);

        window.settle(17, ReasonCode.SUCCESS);
        window.settle(-1, ReasonCode.SUCCESS);

        assertThat(window.headIsSettled()).isFalse();
    }

    @Test
    void whatIsDroppedHoldsNothingBehindIt() {
        InboundWindow window = new InboundWindow(10);
        long first = window.add(1);
        long second = window.add(2);
        window.settle(second, ReasonCode.SUCCESS);

        window.drop(first);

        assertThat(window.headIsDropped()).isTrue();
        window.removeHead();
        assertThat(window.headIsDropped()).isFalse();
        assertThat(takeHeads(window)).containsExactly(2);
    }

    @Test
    void theIdOfWhatIsDroppedIsFree() {
        InboundWindow window = new InboundWindow(10);
        window.add(1);
        long second = window.add(2);

        window.drop(second);

        assertThat(window.isOpen(2)).isFalse();
    }

    @Test
    void isFullAtItsBound() {
        InboundWindow window = new InboundWindow(20);
        for (int id = 1; id <= 20; id++) {
            assertThat(window.isFull()).isFalse();
            window.add(id);
        }

        assertThat(window.isFull()).isTrue();
        window.settle(0, ReasonCode.SUCCESS);
        takeHeads(window);
        assertThat(window.isFull()).isFalse();
    }

    private static List<Integer> takeHeads(InboundWindow window) {
        List<Integer> ids = new ArrayList<>();
        while (window.headIsSettled()) {
            ids.add(window.headPacketId());
            window.removeHead();
        }
        return ids;
    }
}
