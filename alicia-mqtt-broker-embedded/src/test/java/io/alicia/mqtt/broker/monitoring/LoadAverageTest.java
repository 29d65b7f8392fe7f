package io.alicia.mqtt.broker.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadAverageTest {

    /** What Mosquitto 2.0.11 told of a client that sent two packets and then was silent, every two seconds. */
    @ParameterizedTest
    @CsvSource({"1, 1.97 1.90 1.84 1.78", "5, 0.40 0.40 0.39 0.39", "15, 0.13 0.13 0.13 0.13"})
    void is_that_of_mosquitto(int minutes, String told) {
        LoadAverage average = new LoadAverage(minutes);
        long count = 2;
        for (String value : told.split(" ", -1)) {
            average.add(count, 2);
            count = 0;

            assertThat(average).hasToString(value);
        }
    }

    @Test
    void a_difference_below_a_hundredth_is_none() {
        LoadAverage average = new LoadAverage(15);
        average.add(2, 2);
        assertThat(average.hasChanged()).isTrue();

        average.add(0, 2);
        assertThat(average.hasChanged()).isFalse();
    }
}
