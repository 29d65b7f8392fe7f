package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCoverTest {

    @ParameterizedTest
    @CsvSource({
        "a/+, a/b, true",
        "a/b, a/+, false",
        "'a/#', a, true",
        "'a/#', a/b/c, true",
        "'a/#', 'a/#', true",
        "'a/+', 'a/#', false",
        "'#', a/b, true",
        "'#', '$SYS/x', false",
        "+/x, '$SYS/x', false",
        "'#', +/x, true",
        "+/#, '#', true",
        "+/+/#, /#, true",
        "a/+/#, 'a/#', false",
        "a/+/c, a/b/+, false",
        "'#', '$share/g/a', false",
        "'$share/g/#', a, false",
        "'$share/g/a', '$share/g/a', true"
    })
    void knows_which_filter_contains_which(String wide, String narrow, boolean covers) {
        assertThat(FilterCover.covers(TopicFilter.of(wide), TopicFilter.of(narrow)))
                .isEqualTo(covers);
    }

    /** A level that no filter spells out is matched by wildcards alone, so such names tell what a filter lets through. */
    @Test
    void agrees_with_matching_on_random_filters() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            TopicFilter wide = randomFilter(random);
            TopicFilter narrow = randomFilter(random);
            boolean all = witnesses(narrow).stream().allMatch(wide::matches);
            assertThat(FilterCover.covers(wide, narrow))
                    .as("%s covers %s (seed %d)", wide, narrow, seed)
                    .isEqualTo(all);
        }
    }

    @Test
    void keeps_the_widest_alone() {
        List<TopicFilter> filters = List.of("a/b", "a/+", "c", "a/+", "$share/g/a/b").stream()
                .map(TopicFilter::of)
                .toList();

        assertThat(FilterCover.widest(filters))
                .extracting(TopicFilter::value)
                .containsExactly("a/+", "c", "$share/g/a/b");
    }

    @Test
    void keeps_one_of_two_that_say_the_same() {
        assertThat(FilterCover.widest(List.of(TopicFilter.of("#"), TopicFilter.of("+/#"))))
                .hasSize(1);
    }

    private static TopicFilter randomFilter(SplittableRandom random) {
        int levels = 1 + random.nextInt(4);
        String text = IntStream.range(0, levels)
                .mapToObj(i -> {
                    int kind = random.nextInt(8);
                    if (kind == 0 && i == levels - 1) {
                        return "#";
                    }
                    return kind < 3
                            ? "+"
                            : kind == 3 && i == 0 ? "$x" : List.of("a", "b", "").get(random.nextInt(3));
                })
                .collect(Collectors.joining("/"));
        return TopicFilter.of(text.isEmpty() ? "a" : text);
    }

    private static List<TopicName> witnesses(TopicFilter filter) {
        String text = filter.value().replace("+", "other");
        List<String> names = new ArrayList<>();
        if (text.equals("#")) {
            names.addAll(List.of("else", "else/still", "/"));
        } else if (text.endsWith("/#")) {
            String parent = text.substring(0, text.length() - 2);
            if (!parent.isEmpty()) {
                names.add(parent);
            }
            names.add(parent + "/else");
            names.add(parent + "/else/still");
        } else {
            names.add(text);
        }
        return names.stream().map(TopicName::of).toList();
    }
}
