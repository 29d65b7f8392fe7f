package io.alicia.mqtt.homeassistant.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of component × option: each option of each component can be written, and reads back as the same. */
class OptionCoverageTest {

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    static Stream<ComponentType> types() {
        return ComponentTypes.ALL.stream();
    }

    @Test
    void every_component_and_variant_of_the_facts_has_a_type() {
        assertThat(types().map(ComponentType::key))
                .containsExactlyElementsOf(DiscoveryFacts.get().components().keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_option_has_its_place_in_the_type(ComponentType type) {
        ComponentFacts facts = type.facts();

        assertThat(facts.options().keySet()).allMatch(type::covers);
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_option_is_written_and_read(ComponentType type) {
        ComponentFacts facts = type.facts();
        List<String> holes = new ArrayList<>();
        for (String option : facts.options().keySet()) {
            JsonObject options = OptionExamples.with(facts, option);
            CheckedComponent checked = checker.checkComponent(facts.component(), options);
            assertThat(checked.problems())
                    .as("example of %s.%s", type.key(), option)
                    .isEmpty();

            Component read = type.fromJson(checked.kept().orElseThrow());
            Component again = type.fromJson(read.toJson());

            JsonObject kept = SameMeaning.of(checked.kept().orElseThrow());
            if (kept.get(option).isEmpty()
                    || !SameMeaning.of(read.toJson()).get(option).equals(kept.get(option))
                    || !again.equals(read)) {
                holes.add(option + ": " + options.get(option) + " became "
                        + read.toJson().get(option));
            }
        }

        assertThat(holes).as(type.key()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void smallest_and_fullest_message_are_taken_without_a_key_dropped(ComponentType type) {
        ComponentFacts facts = type.facts();

        assertTaken(type, OptionExamples.smallest(facts));
        assertTaken(type, OptionExamples.fullest(facts));
    }

    private void assertTaken(ComponentType type, JsonObject options) {
        JsonObject written = type.fromJson(checker.checkComponent(type.component(), options)
                        .kept()
                        .orElseThrow(() -> new AssertionError(checker.checkComponent(type.component(), options))))
                .toJson();
        CheckedComponent checked = checker.checkComponent(type.component(), written);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.dropped()).isEmpty();
        assertThat(written.members().keySet())
                .containsExactlyInAnyOrderElementsOf(options.members().keySet());
    }
}
