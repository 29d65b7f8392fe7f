package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCoverTest {

    private final Set<TopicFilter> wanted = new LinkedHashSet<>();
    private final FilterCover cover = new FilterCover(wanted::add, wanted::remove);

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
        assertThat(contains(TopicFilter.of(wide), TopicFilter.of(narrow))).isEqualTo(covers);
    }

    /** Both ways of asking have to give one answer. */
    private static boolean contains(TopicFilter wide, TopicFilter narrow) {
        FilterTrie one = new FilterTrie();
        one.add(wide);
        boolean contains = one.containing(narrow) != null;
        FilterTrie other = new FilterTrie();
        other.add(narrow);
        assertThat(other.containedIn(wide).contains(narrow))
                .as("%s is found below %s", narrow, wide)
                .isEqualTo(contains);
        return contains;
    }

    /** A level that no filter spells out is matched by wildcards alone, so such names tell what a filter lets through. */
    @Test
    void agrees_with_matching_on_random_filters() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            TopicFilter wide = randomFilter(random);
            TopicFilter narrow = randomFilter(random);
            boolean all = matchesAllOf(wide, narrow);
            assertThat(contains(wide, narrow))
                    .as("%s covers %s (seed %d)", wide, narrow, seed)
                    .isEqualTo(all);
        }
    }

    @Test
    void keeps_the_widest_alone() {
        List.of("a/b", "a/+", "c", "a/+", "$share/g/a/b").forEach(filter -> cover.add(TopicFilter.of(filter)));

        assertThat(wanted).extracting(TopicFilter::value).containsExactly("a/+", "c", "$share/g/a/b");
    }

    @Test
    void keeps_one_of_two_that_say_the_same() {
        cover.add(TopicFilter.of("#"));
        cover.add(TopicFilter.of("+/#"));
        assertThat(wanted).containsExactly(TopicFilter.of("#"));

        cover.remove(TopicFilter.of("#"));
        assertThat(wanted).containsExactly(TopicFilter.of("+/#"));
    }

    @Test
    void keeps_every_filter_where_each_has_a_subscription_of_its_own() {
        cover.add(TopicFilter.of("a/+"));
        cover.add(TopicFilter.of("a/b"));

        cover.giveEach(true);
        assertThat(wanted).containsExactlyInAnyOrder(TopicFilter.of("a/+"), TopicFilter.of("a/b"));

        cover.giveEach(false);
        assertThat(wanted).containsExactly(TopicFilter.of("a/+"));
    }

    /** What the server is to have is no more than what is needed, lets nothing out, and brings nothing twice. */
    @Test
    void stays_right_whatever_comes_and_goes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Set<TopicFilter> needed = new LinkedHashSet<>();
        for (int i = 0; i < 5_000; i++) {
            TopicFilter filter = randomFilter(random);
            if (needed.size() > 12 || random.nextInt(3) == 0) {
                TopicFilter gone = needed.stream()
                        .skip(random.nextInt(Math.max(1, needed.size())))
                        .findFirst()
                        .orElse(filter);
                needed.remove(gone);
                cover.remove(gone);
            } else {
                needed.add(filter);
                cover.add(filter);
            }

            String where = "of " + needed + " (seed " + seed + ")";
            assertThat(needed).as(where).containsAll(wanted);
            for (TopicFilter one : needed) {
                assertThat(wanted.stream().filter(wide -> matchesAllOf(wide, one)))
                        .as("what stands for %s %s", one, where)
                        .hasSizeBetween(1, wanted.contains(one) ? 1 : wanted.size());
            }
        }
    }

    private static boolean matchesAllOf(TopicFilter wide, TopicFilter narrow) {
        return witnesses(narrow).stream().allMatch(wide::matches);
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
