package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void every_option_of_the_manuals_is_known_and_no_other() {
        Set<String> named = ManualOptions.all().stream()
                .map(row -> Objects.requireNonNull(Options.named(row.name()), row.name())
                        .name())
                .collect(Collectors.toSet());
        assertThat(Options.all()).extracting(Option::name).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void every_older_name_is_listed_as_well() {
        Set<String> listed = ManualOptions.all().stream()
                .map(row -> row.name().replaceFirst("_opt_.*", "_opt_*"))
                .collect(Collectors.toSet());
        assertThat(Options.all())
                .allSatisfy(option -> assertThat(listed).contains(option.name()).containsAll(option.aliases()));
    }

    @Test
    void the_table_tells_when_an_option_came_and_which_are_gone() {
        Map<Option, List<ManualOptions.Row>> names = ManualOptions.all().stream()
                .collect(Collectors.groupingBy(row -> Options.require(row.name().replaceFirst("_opt_.*", "_opt_*"))));
        assertThat(names).isNotEmpty().allSatisfy((option, rows) -> {
            assertThat(rows).extracting(ManualOptions.Row::since).contains(option.since());
            assertThat(rows)
                    .extracting(row -> !row.removed().isEmpty())
                    .containsOnly(option.treatment() == Treatment.REMOVED);
            if (!option.since().equals("2.0")) {
                assertThat(rows).extracting(ManualOptions.Row::since).doesNotContain("2.0");
            }
        });
    }

    @Test
    void what_is_not_simply_honoured_says_what_to_do_instead() {
        assertThat(Options.all())
                .filteredOn(option -> option.treatment() != Treatment.HONOURED)
                .allSatisfy(
                        option -> assertThat(option.advice()).as(option.name()).endsWith("."));
    }

    @Test
    void every_default_of_a_number_is_one() {
        List<Option> numbers = Options.all().stream()
                .filter(option -> option.rule() instanceof Rule.Whole)
                .toList();

        assertThat(numbers)
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(option.defaultValue()).as(option.name()).matches("|-?[0-9]+"));
    }
}
