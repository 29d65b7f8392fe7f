package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.ComponentFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import java.util.function.Supplier;

/** How the type of one component or variant and its options become each other. */
final class ComponentType {

    private static final String AUTOMATION_TYPE = "automation_type";

    private final ComponentFacts facts;
    private final OptionTable<? extends Component> table;
    private final JsonObject constants;

    private ComponentType(ComponentFacts facts, OptionTable<? extends Component> table) {
        this.facts = facts;
        this.table = table;
        JsonObject.Builder given = JsonObject.builder();
        facts.variant().ifPresent(variant -> given.put(variant.option(), variant.value()));
        if (facts.option(AUTOMATION_TYPE).isPresent()) {
            given.put(AUTOMATION_TYPE, "trigger");
        }
        this.constants = given.build();
    }

    static <T extends Component> ComponentType of(String key, Class<T> type, Supplier<?> builder) {
        ComponentFacts facts = DiscoveryFacts.get().components().get(key);
        if (facts == null) {
            throw new IllegalStateException("the facts know no component " + key);
        }
        return new ComponentType(
                facts, OptionTable.of(type, builder, facts.options().keySet()));
    }

    ComponentFacts facts() {
        return facts;
    }

    /** The options that have only one value. */
    JsonObject constants() {
        return constants;
    }

    String key() {
        return facts.key();
    }

    String component() {
        return facts.component();
    }

    /** The component's name for people, with its variant if it has several, such as {@code light (json)}. */
    String label() {
        return facts.variant()
                .map(variant -> component() + " (" + variant.value() + ")")
                .orElse(component());
    }

    /** Whether its Java type has this name. */
    boolean isNamed(String simpleName) {
        return table.isOf(simpleName);
    }

    /** Whether an accessor or a constant stands for the option. */
    boolean covers(String option) {
        return table.covers(option) || constants.get(option).isPresent();
    }

    JsonObject toJson(Component component) {
        return constants.toBuilder().putAll(table.toJson(component).members()).build();
    }

    /**
     * Reads options by their full names, in the form that Home Assistant keeps.
     *
     * @throws InvalidComponentException if a value has no place in the type
     */
    Component fromJson(JsonObject options) {
        try {
            return table.fromJson(options);
        } catch (InvalidComponentException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidComponentException(label() + ": " + e.getMessage());
        }
    }
}
