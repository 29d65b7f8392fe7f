package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.check.CheckedComponent;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.payload.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Examples of every component and variant: what it needs at least, and as much as goes together. */
public final class ComponentExamples {

    private ComponentExamples() {}

    /** {@return the components with their variants, such as {@code light/json}, in the order of Home Assistant's facts} */
    public static List<String> variants() {
        return ComponentTypes.ALL.stream().map(ComponentType::key).toList();
    }

    /**
     * {@return a component with the options that it cannot do without}
     *
     * @param variant the component's name, with its variant if it has several
     * @throws IllegalArgumentException if there is no such variant
     */
    public static Component smallest(String variant) {
        ComponentType type = type(variant);
        return built(type, distinct(type, OptionExamples.smallest(type.facts()), type.key() + "-smallest", 1));
    }

    /**
     * {@return a component with as many options as go together}
     *
     * @param variant the component's name, with its variant if it has several
     * @throws IllegalArgumentException if there is no such variant
     */
    public static Component fullest(String variant) {
        return covering(variant).get(0);
    }

    /**
     * {@return the fullest component, and one more for options that it cannot have beside its others, until each option is in
     * one of them}
     *
     * @param variant the component's name, with its variant if it has several
     * @throws IllegalArgumentException if there is no such variant
     */
    public static List<Component> covering(String variant) {
        ComponentType type = type(variant);
        List<Component> covering = new ArrayList<>();
        for (JsonObject options : OptionExamples.covering(type.facts())) {
            int number = covering.size() + 1;
            String id = type.key() + (number == 1 ? "-fullest" : "-fullest-" + number);
            covering.add(built(type, distinct(type, options, id, number + 1)));
        }
        return List.copyOf(covering);
    }

    /** Gives an example what no other may have, so that Home Assistant takes them all side by side. */
    private static JsonObject distinct(ComponentType type, JsonObject options, String name, int number) {
        String id = name.replace('/', '-');
        Map<String, String> own = Map.of(
                "unique_id", id,
                "default_entity_id", type.component() + "." + id.replace('-', '_'),
                "subtype", "button_" + number);
        JsonObject.Builder distinct = options.toBuilder();
        own.forEach((option, value) -> {
            if (options.get(option).isPresent()) {
                distinct.put(option, value);
            }
        });
        return distinct.build();
    }

    private static ComponentType type(String variant) {
        return ComponentTypes.ALL.stream()
                .filter(candidate -> candidate.key().equals(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Home Assistant has no component " + variant));
    }

    private static Component built(ComponentType type, JsonObject options) {
        CheckedComponent checked = DiscoveryChecker.create().checkComponent(type.component(), options);
        return type.fromJson(checked.kept()
                .orElseThrow(() -> new IllegalStateException(
                        "the example of " + type.key() + " is refused: " + checked.problems())));
    }
}
