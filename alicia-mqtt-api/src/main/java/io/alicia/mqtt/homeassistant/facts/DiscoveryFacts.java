package io.alicia.mqtt.homeassistant.facts;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All facts, read once per process on first use. Immutable. */
public final class DiscoveryFacts {

    private static final class Holder {
        static final DiscoveryFacts FACTS = new DiscoveryFacts();
    }

    private final String version;
    private final Map<String, ComponentFacts> components;
    private final List<String> componentNames;
    private final Set<String> entityNames;
    private final Set<String> sharedOptions;
    private final Map<String, String> entityAbbreviations;
    private final Map<String, String> deviceAbbreviations;
    private final Map<String, String> originAbbreviations;
    private final Map<String, OptionFacts> device;
    private final Map<String, OptionFacts> origin;
    private final Map<String, OptionFacts> availabilityItem;
    private final Map<String, DeviceClassFacts> sensorClasses;
    private final Map<String, DeviceClassFacts> numberClasses;
    private final Map<String, String> unitAliases;
    private final Map<String, Set<String>> stateClassUnits;

    private DiscoveryFacts() {
        FactsFile file = FactsFile.open("components.json");
        version = ((JsonString) member(file.object("meta"), "target_version")).value();
        components = components(file.object("components"));
        componentNames = file.strings("component_names");
        entityNames = Set.copyOf(file.strings("entity_components"));
        sharedOptions = Collections.unmodifiableSet(new LinkedHashSet<>(file.strings("device_shared_options")));
        FactsFile abbreviations = FactsFile.open("abbreviations.json");
        entityAbbreviations = texts(abbreviations.object("entity"));
        deviceAbbreviations = texts(abbreviations.object("device"));
        originAbbreviations = texts(abbreviations.object("origin"));
        device = options(FactsFile.open("device.json").list("fields"));
        origin = options(FactsFile.open("origin.json").list("fields"));
        JsonObject listForm = FactsFile.open("availability.json").object("list_form");
        availabilityItem = options(((JsonArray) member(listForm, "item_fields")).values());
        FactsFile classes = FactsFile.open("device_classes.json");
        JsonObject sensor = classes.object("sensor");
        sensorClasses = classes((JsonObject) member(sensor, "device_classes"));
        numberClasses = classes((JsonObject) member(classes.object("number"), "device_classes"));
        unitAliases = texts((JsonObject) member(sensor, "unit_aliases"));
        stateClassUnits = sets((JsonObject) member(sensor, "state_class_units"));
    }

    /** {@return the facts} */
    public static DiscoveryFacts get() {
        return Holder.FACTS;
    }

    /** {@return the Home Assistant version that the facts describe, such as {@code 2026.9}} */
    public String version() {
        return version;
    }

    /** {@return components and variants by their key, in the order of the facts} */
    public Map<String, ComponentFacts> components() {
        return components;
    }

    /**
     * {@return the variants of a component; one if it has none}
     *
     * @param component the name in topics
     */
    public List<ComponentFacts> variants(String component) {
        return components.values().stream()
                .filter(facts -> facts.component().equals(component))
                .toList();
    }

    /** {@return the names of all components, as in topics} */
    public List<String> componentNames() {
        return componentNames;
    }

    /** {@return the names of the components that make entities} */
    public Set<String> entityNames() {
        return entityNames;
    }

    /** {@return the options that a device message can give once for all its components} */
    public Set<String> sharedOptions() {
        return sharedOptions;
    }

    /** {@return full names by abbreviation, for components, device messages and availability lists} */
    public Map<String, String> entityAbbreviations() {
        return entityAbbreviations;
    }

    /** {@return full names by abbreviation, inside {@code device}} */
    public Map<String, String> deviceAbbreviations() {
        return deviceAbbreviations;
    }

    /** {@return full names by abbreviation, inside {@code origin}} */
    public Map<String, String> originAbbreviations() {
        return originAbbreviations;
    }

    /** {@return the keys of {@code device}} */
    public Map<String, OptionFacts> device() {
        return device;
    }

    /** {@return the keys of {@code origin}} */
    public Map<String, OptionFacts> origin() {
        return origin;
    }

    /** {@return the keys of an element of {@code availability}} */
    public Map<String, OptionFacts> availabilityItem() {
        return availabilityItem;
    }

    /** {@return sensor device classes} */
    public Map<String, DeviceClassFacts> sensorClasses() {
        return sensorClasses;
    }

    /** {@return number device classes} */
    public Map<String, DeviceClassFacts> numberClasses() {
        return numberClasses;
    }

    /** {@return units that Home Assistant reads as another spelling of the same unit} */
    public Map<String, String> unitAliases() {
        return unitAliases;
    }

    /** {@return the units that a state class insists on} */
    public Map<String, Set<String>> stateClassUnits() {
        return stateClassUnits;
    }

    private static Map<String, ComponentFacts> components(JsonObject all) {
        Map<String, ComponentFacts> components = new LinkedHashMap<>();
        all.members().forEach((key, value) -> components.put(key, component(key, (JsonObject) value)));
        return Collections.unmodifiableMap(components);
    }

    private static ComponentFacts component(String key, JsonObject facts) {
        Optional<ComponentFacts.Variant> variant = facts.get("variant_option")
                .map(option -> new ComponentFacts.Variant(
                        ((JsonString) option).value(), ((JsonString) member(facts, "variant_value")).value()));
        List<JsonObject> rules = facts.get("rules")
                .map(list -> ((JsonArray) list)
                        .values().stream().map(JsonObject.class::cast).toList())
                .orElse(List.of());
        return new ComponentFacts(
                key,
                ((JsonString) member(facts, "component")).value(),
                variant,
                member(facts, "entity").equals(JsonBoolean.TRUE),
                ((JsonString) member(facts, "unknown_keys")).value().startsWith("kept"),
                options(((JsonArray) member(facts, "options")).values()),
                rules);
    }

    private static Map<String, OptionFacts> options(List<JsonValue> list) {
        Map<String, OptionFacts> options = new LinkedHashMap<>();
        for (JsonValue value : list) {
            JsonObject option = (JsonObject) value;
            String name = ((JsonString) member(option, "name")).value();
            options.put(name, new OptionFacts(name, option));
        }
        return Collections.unmodifiableMap(options);
    }

    private static Map<String, DeviceClassFacts> classes(JsonObject all) {
        Map<String, DeviceClassFacts> classes = new TreeMap<>();
        all.members().forEach((name, value) -> classes.put(name, deviceClass((JsonObject) value)));
        return Collections.unmodifiableMap(classes);
    }

    private static DeviceClassFacts deviceClass(JsonObject facts) {
        Set<String> units = new LinkedHashSet<>();
        boolean unitless = true;
        boolean any = !(member(facts, "units") instanceof JsonArray);
        if (member(facts, "units") instanceof JsonArray list) {
            unitless = false;
            for (JsonValue unit : list.values()) {
                if (unit instanceof JsonString text) {
                    units.add(text.value());
                } else {
                    unitless = true;
                }
            }
        }
        Set<String> stateClasses = facts.get("state_classes")
                .map(list -> Set.copyOf(FactsFile.strings(((JsonArray) list).values())))
                .orElse(Set.of());
        return new DeviceClassFacts(
                any ? Optional.empty() : Optional.of(Collections.unmodifiableSet(units)),
                unitless,
                stateClasses,
                facts.get("numeric").map(JsonBoolean.TRUE::equals).orElse(true));
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().forEach((key, value) -> texts.put(key, ((JsonString) value).value()));
        return Collections.unmodifiableMap(texts);
    }

    private static Map<String, Set<String>> sets(JsonObject object) {
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        object.members()
                .forEach((key, value) -> sets.put(key, Set.copyOf(FactsFile.strings(((JsonArray) value).values()))));
        return Collections.unmodifiableMap(sets);
    }

    private static JsonValue member(JsonObject object, String key) {
        return object.get(key).orElseThrow(() -> new IllegalStateException("the facts lack " + key + " in " + object));
    }
}
