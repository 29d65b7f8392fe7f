package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharingMapTest {

    @Test
    void is_what_a_map_is_whatever_comes_and_goes() {
        long seed = new Random().nextLong();
        System.out.println("SharingMapTest: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> expected = new HashMap<>();
        SharingMap<String, Integer> map = SharingMap.empty();

        for (int step = 0; step < 2_000; step++) {
            String key = "d" + random.nextInt(600);
            SharingMap<String, Integer> before = map;
            Map<String, Integer> beforeAsItWas = new HashMap<>(expected);
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                expected.remove(key);
            } else {
                map = map.with(key, step);
                expected.put(key, step);
            }

            assertThat(map).isEqualTo(expected).hasSameSizeAs(expected);
            assertThat(before).isEqualTo(beforeAsItWas);
            assertThat(map.get(key)).isEqualTo(expected.get(key));
            assertThat(map.containsKey(key)).isEqualTo(expected.containsKey(key));
        }
        assertThat(map).hasSameHashCodeAs(expected);
    }

    @Test
    void cannot_be_changed_by_who_is_shown_it() {
        Map<String, Integer> map = SharingMap.<String, Integer>empty().with("a", 1);

        assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(map.get(null)).isNull();
    }

    /** Copies of the whole are two billion entries, with which this takes a minute or more. */
    @Test
    void grows_by_tens_of_thousands_in_a_moment() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            SharingMap<String, Integer> map = SharingMap.empty();
            for (int device = 0; device < 65_000; device++) {
                map = map.with("device-" + device, device);
            }
            assertThat(map).hasSize(65_000);
        });
    }
}
