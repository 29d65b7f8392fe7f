package io.alicia.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiscoveryCatalogueTest {

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    @Test
    void shows_every_component_and_variant_small_and_full_and_all_are_taken_whole_without_a_hint_of_trouble() {
        Map<String, DiscoveryMessage> messages = DiscoveryCatalogue.messages(DiscoveryWriter.create());

        assertThat(messages.keySet())
                .filteredOn(name -> name.endsWith(" smallest"))
                .hasSize(35);
        assertThat(messages.keySet())
                .filteredOn(name -> name.endsWith(" fullest"))
                .hasSize(35);
        messages.forEach((name, message) -> {
            String line = DiscoveryCatalogue.line(name, message).toString();
            String judged = JudgedMessage.parse(line).judged(checker).toString();

            assertThat(judged)
                    .startsWith(
                            "{\"id\":" + new JsonString(name) + ",\"verdict\":\"accept\",\"at\":[],\"dropped\":[],");
            if (name.contains("fullest")) {
                assertThat(judged).as(name).endsWith("\"hints\":[]}");
            }
        });
    }

    @Test
    void is_taken_as_a_whole_by_one_home() {
        DiscoveredHome home = DiscoveredHome.create();
        Map<String, DiscoveryMessage> messages = DiscoveryCatalogue.messages(DiscoveryWriter.create());
        messages.forEach((name, message) -> assertThat(
                        home.apply(message.topic().topicName().value(), message.payload()))
                .as(name)
                .noneMatch(DiscoveryChange.Refused.class::isInstance));

        assertThat(home.components()).hasSameSizeAs(messages.values());
        assertThat(home.components().stream()
                        .map(DiscoveredComponent::component)
                        .filter(DeviceTrigger.class::isInstance)
                        .map(trigger -> ((DeviceTrigger) trigger).subtype()))
                .doesNotHaveDuplicates();
    }

    @Test
    void has_in_the_smallest_messages_nothing_that_can_be_left_out() {
        Map<String, DiscoveryMessage> messages =
                DiscoveryCatalogue.messages(DiscoveryWriter.create().withFullNames());
        List<String> spare = new ArrayList<>();
        messages.forEach((name, message) -> {
            if (name.endsWith(" smallest")) {
                JsonObject options = message.content().orElseThrow();
                for (String option : options.members().keySet()) {
                    if (option.equals("schema")) {
                        // Basic lights could do without, but the facts have it among their options, which the fullest
                        // messages show all: the builders of lights always say which of the three they are.
                        continue;
                    }
                    CheckedComponent without = checker.checkComponent(
                            message.topic().component(),
                            options.toBuilder().remove(option).build());
                    if (without.problems().isEmpty()
                            && without.variant().equals(Optional.of(name.substring(0, name.indexOf(' '))))) {
                        spare.add(name + ": " + option);
                    }
                }
            }
        });

        assertThat(spare).isEmpty();
    }

    @Test
    void has_every_option_of_the_facts_in_one_of_the_fullest_messages() {
        Map<String, Set<String>> missing = new TreeMap<>();
        DiscoveryFacts.get()
                .components()
                .forEach((variant, facts) ->
                        missing.put(variant, new TreeSet<>(facts.options().keySet())));
        DiscoveryCatalogue.messages(DiscoveryWriter.create().withFullNames())
                .forEach((name, message) -> missing.getOrDefault(name.substring(0, name.indexOf(' ')), Set.of())
                        .removeAll(message.content().orElseThrow().members().keySet()));

        assertThat(missing)
                .hasSize(35)
                .allSatisfy((variant, options) -> assertThat(options).isEmpty());
    }

    @Test
    void reads_payloads_as_text_and_as_json() {
        assertThat(JudgedMessage.parse("{\"topic\":\"t\",\"payload\":\"\"}").payload())
                .isEmpty();
        assertThat(JudgedMessage.parse("{\"topic\":\"t\",\"payload\":\"{\"}").payload())
                .isEqualTo("{");
        assertThat(JudgedMessage.parse("{\"topic\":\"t\",\"payload\":{\"a\":1}}")
                        .payload())
                .isEqualTo("{\"a\":1}");
        assertThat(JudgedMessage.parse("{\"topic\":\"homeassistant/tag/t/config\",\"payload\":{\"t\":\"#a\"}}")
                        .judged(checker))
                .hasToString("""
                        {"id":"homeassistant/tag/t/config","topic":"homeassistant/tag/t/config","verdict":"reject",\
                        "at":["topic"],"dropped":[],"hints":[],"reasons":["topic is not a Topic Filter: \\"#a\\": '#' at index 0 is not alone in the last level [MQTT-4.7.1-1]"]}""");
    }

    @Test
    void says_what_is_wrong_with_a_line() {
        List.of("[]", "{\"payload\":{}}", "{\"topic\":1,\"payload\":{}}", "{\"topic\":\"t\"}", "{")
                .forEach(line -> assertThatExceptionOfType(PayloadException.class)
                        .as(line)
                        .isThrownBy(() -> JudgedMessage.parse(line)));
    }
}
