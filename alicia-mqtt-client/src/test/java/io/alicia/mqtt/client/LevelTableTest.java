package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LevelTableTest {

    private final LevelTable<Integer> table = new LevelTable<>();

    @Test
    void finds_a_level_in_the_middle_of_a_topic_and_the_empty_one() {
        table.getOrAdd("hall", () -> 1);
        table.getOrAdd("", () -> 2);

        assertThat(table.get("home/hall/lamp", 5, 9)).isEqualTo(1);
        assertThat(table.get("home//lamp", 5, 5)).isEqualTo(2);
        assertThat(table.get("home/hallway", 5, 12)).isNull();
        assertThat(table.get("home/hal", 5, 8)).isNull();
    }

    @Test
    void has_what_was_added_and_not_taken_away() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String name = Integer.toString(random.nextInt(200), 36);
            if (random.nextInt(100) < (i / 2_000 % 2 == 0 ? 70 : 30)) {
                int fresh = i;
                assertThat(table.getOrAdd(name, () -> fresh)).isEqualTo(expected.computeIfAbsent(name, key -> fresh));
            } else {
                table.remove(name);
                expected.remove(name);
            }
            String asked = Integer.toString(random.nextInt(200), 36);
            assertThat(table.get(asked, 0, asked.length())).as(asked).isEqualTo(expected.get(asked));
            assertThat(table.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void shows_what_is_there_all_the_time_to_those_who_look_while_others_come_and_go() {
        table.getOrAdd("hall", () -> 1);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> looking = CompletableFuture.supplyAsync(() -> {
            int missed = 0;
            while (!over.get()) {
                missed += table.get("home/hall", 5, 9) == null ? 1 : 0;
            }
            return missed;
        });

        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 1_000; i++) {
                table.getOrAdd("room" + i, () -> 2);
            }
            for (int i = 0; i < 1_000; i++) {
                table.remove("room" + i);
            }
        }
        over.set(true);

        assertThat(looking.join()).isZero();
    }
}
