package io.alicia.mqtt.homeassistant.facts;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known about one option (or one key of a nested object): a view of its JSON description. */
public final class OptionFacts {

    private final String name;
    private final JsonObject facts;

    OptionFacts(String name, JsonObject facts) {
        this.name = name;
        this.facts = facts;
    }

    /**
     * {@return an option that a message needs, and of which no more is said here}
     *
     * @param name the full name
     */
    public static OptionFacts required(String name) {
        return new OptionFacts(name, JsonObject.builder().put("required", true).build());
    }

    /** {@return the same option where a message does without it} */
    public OptionFacts unrequired() {
        return new OptionFacts(name, facts.toBuilder().remove("required").build());
    }

    /** {@return the full name, such as {@code command_topic}} */
    public String name() {
        return name;
    }

    /** {@return {@code string}, {@code template}, {@code topic}, {@code boolean}, {@code integer}, {@code float}, …} */
    public String type() {
        return text("type").orElseThrow(() -> new IllegalStateException("option " + name + " has no type"));
    }

    /** {@return whether a message without it is refused} */
    public boolean required() {
        return flag("required");
    }

    /** {@return whether {@code null} is taken} */
    public boolean nullable() {
        return flag("nullable");
    }

    /** {@return whether a single value stands for a list of one} */
    public boolean scalarOk() {
        return flag("scalar_ok");
    }

    /** {@return whether the JSON type must fit exactly} */
    public boolean strict() {
        return flag("strict");
    }

    /** {@return whether a list may hold each value only once} */
    public boolean uniqueItems() {
        return flag("unique_items");
    }

    /** {@return whether any letter case is taken} */
    public boolean caseInsensitive() {
        return flag("case_insensitive");
    }

    /** {@return whether Home Assistant publishes to the topic; else it subscribes} */
    public boolean publishes() {
        return text("direction").filter("publish"::equals).isPresent();
    }

    /** {@return the group of options of which at most one may be given} */
    public Optional<String> exclusiveGroup() {
        return text("exclusive_group");
    }

    /** {@return the group of options that must be given together} */
    public Optional<String> inclusiveGroup() {
        return text("inclusive_group");
    }

    /** {@return the smallest value taken} */
    public Optional<BigDecimal> min() {
        return get("min").filter(JsonNumber.class::isInstance).map(value -> ((JsonNumber) value).decimal());
    }

    /** {@return the least number of elements of a list} */
    public int minLength() {
        return get("min_length")
                .map(value -> (int) ((JsonNumber) value).longValueExact())
                .orElse(0);
    }

    /** {@return the values taken, empty if the set is open} */
    public List<JsonValue> enumeration() {
        return list("enum");
    }

    /** {@return the value that Home Assistant assumes if the option is missing} */
    public Optional<JsonValue> defaultValue() {
        return get("default");
    }

    /** {@return the schemes of a URL, empty if the facts do not name them} */
    public List<String> schemes() {
        return list("schemes").stream().map(OptionFacts::string).toList();
    }

    /** {@return what the elements of a list have to be; empty if Home Assistant does not look at them} */
    public Optional<OptionFacts> items() {
        return get("items")
                .map(value -> new OptionFacts(name, (JsonObject) value))
                .filter(items ->
                        items.get("enforced").map(JsonBoolean.TRUE::equals).orElse(true))
                .filter(items -> !items.type().equals("any"));
    }

    /** {@return the type of a list's elements, whether or not Home Assistant looks at them} */
    public Optional<OptionFacts> itemsAsMeant() {
        return get("items").map(value -> new OptionFacts(name, (JsonObject) value));
    }

    /** {@return the keys of a nested object that is described in place} */
    public Map<String, OptionFacts> keys() {
        Map<String, OptionFacts> keys = new LinkedHashMap<>();
        get("keys")
                .ifPresent(value -> ((JsonObject) value)
                        .members()
                        .forEach((key, facts) -> keys.put(key, new OptionFacts(key, (JsonObject) facts))));
        return keys;
    }

    /** {@return the nested object described elsewhere: {@code device} or {@code origin}} */
    public Optional<String> reference() {
        return text("ref");
    }

    /** {@return what is not a constant default, in words} */
    public Optional<String> runtimeDefault() {
        return get("runtime_default").map(value -> value instanceof JsonString text ? text.value() : value.toString());
    }

    /** {@return the first Home Assistant version with the option, if not a very old one} */
    public Optional<String> since() {
        return text("since");
    }

    private boolean flag(String key) {
        return get(key).filter(JsonBoolean.TRUE::equals).isPresent();
    }

    private List<JsonValue> list(String key) {
        return get(key).map(value -> ((JsonArray) value).values()).orElse(List.of());
    }

    private Optional<String> text(String key) {
        return get(key).map(OptionFacts::string);
    }

    private Optional<JsonValue> get(String key) {
        @Nullable JsonValue value = facts.getOrNull(key);
        return Optional.ofNullable(value);
    }

    private static String string(JsonValue value) {
        return ((JsonString) value).value();
    }
}
