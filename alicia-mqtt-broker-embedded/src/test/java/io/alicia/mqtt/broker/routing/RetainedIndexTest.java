package io.alicia.mqtt.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetainedIndexTest {

    @Test
    void finds_exactly_the_topics_that_a_filter_matches_through_any_sequence_of_changes() {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomTopics topics = new RandomTopics(random);
            RetainedIndex<String> index = new RetainedIndex<>();
            Map<TopicName, String> model = new HashMap<>();

            for (int step = 0; step < 150; step++) {
                TopicName name = topics.name();
                if (random.nextInt(3) == 0) {
                    assertThat(index.remove(name)).as("seed %d", seed).isEqualTo(model.remove(name));
                } else {
                    String value = name + " " + step;
                    assertThat(index.put(name, value)).as("seed %d", seed).isEqualTo(model.put(name, value));
                }
                assertThat(index.get(name)).as("seed %d", seed).isEqualTo(model.get(name));
            }

            assertThat(index.size()).as("seed %d", seed).isEqualTo(model.size());
            for (int i = 0; i < 100; i++) {
                TopicFilter filter = topics.filter();
                List<String> expected = new ArrayList<>();
                model.forEach((name, value) -> {
                    if (filter.matches(name)) {
                        expected.add(value);
                    }
                });
                assertThat(found(index.search(filter)))
                        .as("seed %d, filter \"%s\"", seed, filter)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(found(index.searchAll())).containsExactlyInAnyOrderElementsOf(model.values());
        }
    }

    private static List<String> found(RetainedIndex.Search<String> search) {
        List<String> found = new ArrayList<>();
        while (!search.isOver()) {
            String value = search.step();
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    @Test
    void removes_only_the_value_that_was_meant() {
        RetainedIndex<String> index = new RetainedIndex<>();
        TopicName name = TopicName.of("a/b");
        index.put(name, "new");

        assertThat(index.removeIf(name, (topic, value) -> value.equals("old"))).isNull();
        assertThat(index.get(name)).isEqualTo("new");
    }

    @Test
    void counts_right_when_threads_put_and_remove_the_same_topics_at_once() throws Exception {
        RetainedIndex<String> index = new RetainedIndex<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                long seed = thread;
                tasks.add(() -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    for (int step = 0; step < 5000; step++) {
                        TopicName name = TopicName.of("t/" + random.nextInt(5));
                        if (random.nextBoolean()) {
                            index.put(name, name.value());
                        } else {
                            index.remove(name);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(found(index.searchAll())).doesNotHaveDuplicates().hasSize(index.size());
    }
}
