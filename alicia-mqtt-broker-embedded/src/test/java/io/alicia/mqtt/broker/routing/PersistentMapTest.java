package io.alicia.mqtt.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

    /** Few different hashes, so that keys collide in part and in whole. */
    private record Key(int id) {
        @Override
        public int hashCode() {
            return id % 7 * 0x0420_0000 + id % 3;
        }
    }

    @Test
    void agrees_with_a_hash_map_through_any_sequence_of_changes() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<Key, Integer> expected = new HashMap<>();
            PersistentMap<Key, Integer> map = PersistentMap.empty();

            for (int step = 0; step < 400; step++) {
                Key key = new Key(random.nextInt(60));
                if (random.nextInt(3) == 0) {
                    expected.remove(key);
                    map = map.without(key);
                } else {
                    expected.put(key, step);
                    map = map.with(key, step);
                }
                assertThat(map.get(key)).as("seed %d step %d", seed, step).isEqualTo(expected.get(key));
            }

            Map<Key, Integer> seen = new HashMap<>();
            map.forEach((key, value) ->
                    assertThat(seen.put(key, value)).as("%s is shown once", key).isNull());
            assertThat(seen).as("seed %d", seed).isEqualTo(expected);
            assertThat(map.size()).as("seed %d", seed).isEqualTo(expected.size());

            seen.clear();
            for (PersistentMap.Cursor<Key, Integer> cursor = map.cursor(); cursor.advance(); ) {
                assertThat(seen.put(cursor.key(), cursor.value()))
                        .as("%s is come by once", cursor.key())
                        .isNull();
            }
            assertThat(seen).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void leaves_the_original_as_it_was() {
        PersistentMap<String, Integer> one =
                PersistentMap.<String, Integer>empty().with("a", 1);

        PersistentMap<String, Integer> changed = one.with("a", 2).with("b", 3).without("a");

        assertThat(one.get("a")).isEqualTo(1);
        assertThat(one.size()).isEqualTo(1);
        assertThat(changed.get("a")).isNull();
        assertThat(changed.without("b").isEmpty()).isTrue();
    }
}
