package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MqttCountersTest {

    @Test
    void loopsAreSummedUpFigureByFigure() {
        MqttCounters one = new MqttCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
        MqttCounters other = new MqttCounters(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200,
                1300, 1400, 1500, 1600, 1700);

        assertThat(one.plus(other))
                .isEqualTo(new MqttCounters(101, 202, 303, 404, 505, 606, 707, 808, 909, 1010, 1111, 1212,
                        1313, 1414, 1515, 1616, 1717));
        assertThat(MqttCounters.ZERO.plus(one)).isEqualTo(one);
    }
}
