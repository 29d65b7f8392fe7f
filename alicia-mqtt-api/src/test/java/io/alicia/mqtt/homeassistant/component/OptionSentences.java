package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the documentation of an accessor says about its option: a sentence of its own, or one by its kind. */
final class OptionSentences {

    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
        own("automation_type", "what kind of automation it is, always {@code trigger}");
        own("availability", "where Home Assistant hears whether the entity is available; none if it always is");
        own("availability_mode", "how several availability topics decide together");
        own(
                "availability_template",
                "the template that takes the availability out of a message on {@code availability_topic}");
        own("availability_topic", "the one topic on which Home Assistant hears whether the entity is available");
        own("available_tones", "the tones that the siren can play");
        own("brightness", "whether the light can be dimmed");
        own("brightness_scale", "the brightness value of full brightness");
        own("code", "the code that Home Assistant asks for; {@code REMOTE_CODE} leaves checking it to the device");
        own("code_arm_required", "whether arming asks for the code");
        own("code_disarm_required", "whether disarming asks for the code");
        own("code_trigger_required", "whether triggering asks for the code");
        own("code_format", "a regular expression that a code has to match");
        own("color_temp_kelvin", "whether colour temperatures are in kelvin instead of mireds");
        own("command_off_template", "the template that makes the command that turns it off");
        own("command_on_template", "the template that makes the command that turns it on or changes it");
        own("content_type", "the media type of the images");
        own("default_entity_id", "the entity id to begin with, {@code COMPONENT.NAME}; users may change it");
        own("device", "the device that the entity belongs to");
        own("device_class", "what it is about, which decides on icon, words and units");
        own("display_precision", "how many decimals of the progress are shown");
        own("effect", "whether the light has effects");
        own("effect_list", "the effects that the light has");
        own("enabled_by_default", "whether the entity is enabled when it is first added");
        own("encoding", "the character encoding of payloads; empty for bytes as they are");
        own("entity_category", "whether the entity is for configuration or diagnosis and not a main function");
        own("entity_picture", "the URL of a picture of the entity, {@code http} or {@code https}");
        own("event_types", "the types that events can have");
        own("expire_after", "how long a state holds without a new message, in whole seconds");
        own("fan_modes", "the fan modes that it has");
        own("fan_speed_list", "the fan speeds that it has");
        own("flash", "whether the light can flash");
        own("flash_time_long", "how long a long flash lasts, in whole seconds");
        own("flash_time_short", "how long a short flash lasts, in whole seconds");
        own("force_update", "whether an unchanged state counts as an update");
        own("group", "the unique ids of the entities that are its members");
        own("icon", "the icon, such as {@code mdi:lamp}");
        own("image_encoding", "how images are encoded in messages");
        own("image_topic", "the topic on which images arrive");
        own("initial", "the target temperature before any is known");
        own(
                "json_attributes_template",
                "the template that takes attributes out of a message on {@code json_attributes_topic}");
        own("json_attributes_topic", "the topic on which attributes arrive as a JSON object");
        own("max", "the largest value, or length of a text");
        own("min", "the smallest value, or length of a text");
        own("max_humidity", "the highest target humidity in %");
        own("min_humidity", "the lowest target humidity in %");
        own("max_kelvin", "the coldest colour temperature in kelvin");
        own("min_kelvin", "the warmest colour temperature in kelvin");
        own("max_mireds", "the warmest colour temperature in mireds");
        own("min_mireds", "the coldest colour temperature in mireds");
        own("max_temp", "the highest target temperature, in {@code temperature_unit}");
        own("min_temp", "the lowest target temperature, in {@code temperature_unit}");
        own(
                "message_expiry_interval",
                "how long messages of Home Assistant live, in whole seconds (MQTT 5 §3.3.2.3.3)");
        own("mode", "how the value is entered in the user interface");
        own("modes", "the modes that it has");
        own("name", "the name, without the name of the device");
        own("off_delay", "after which time without a message it is off again, in whole seconds");
        own("on_command_type", "what is sent first when the light is turned on");
        own("optimistic", "whether Home Assistant takes a command for done without hearing of it");
        own("options", "the values that the state can have");
        own("origin", "the software that announces the entity");
        own("pattern", "a regular expression that the text has to match");
        own("payload", "the payload that triggers; any payload if it is not given");
        own("position_closed", "the position that is closed");
        own("position_open", "the position that is open");
        own("precision", "in which steps temperatures are shown");
        own("preset_modes", "the presets that it has");
        own("qos", "the quality of service of Home Assistant's messages and subscriptions");
        own("release_summary", "what is new in the latest version");
        own("release_url", "where the latest version is described");
        own("reports_position", "whether positions and not states are reported");
        own("retain", "whether commands of Home Assistant are retained");
        own("schema", "the variant of the component");
        own("set_fan_speed_topic", "the topic to which Home Assistant publishes the fan speed");
        own("set_position_template", "the template that makes the payload of a position command");
        own("set_position_topic", "the topic to which Home Assistant publishes positions");
        own("source_type", "how the position is found");
        own("speed_range_max", "the speed value of 100 %");
        own("speed_range_min", "the lowest speed value above off");
        own("state_class", "what kind of number the state is, for statistics");
        own("step", "the step between values, at least 0.001");
        own("subtype", "what triggers, such as {@code button_1}");
        own("suggested_display_precision", "how many decimals the user interface shows");
        own("support_duration", "whether commands can say how long it sounds");
        own("support_volume_set", "whether commands can say how loud it is");
        own("supported_color_modes", "the colour modes that the light has");
        own("supported_features", "what it can do");
        own("swing_horizontal_modes", "the horizontal swing modes that it has");
        own("swing_modes", "the swing modes that it has");
        own("temp_step", "the step between target temperatures");
        own("temperature_unit", "the unit of its temperatures");
        own("tilt_closed_value", "the tilt that is closed");
        own("tilt_opened_value", "the tilt that is open");
        own("tilt_max", "the largest tilt");
        own("tilt_min", "the smallest tilt");
        own("tilt_optimistic", "whether Home Assistant takes a tilt command for done without hearing of it");
        own("timezone", "the time zone of times without offset");
        own("title", "the name of the software");
        own("topic", "the topic on which messages arrive");
        own("transition", "whether the light can change gradually");
        own("type", "what happens, such as {@code button_short_press}");
        own("unique_id", "the id by which Home Assistant knows the entity for good");
        own("unit_of_measurement", "the unit of the state");
        own("visible_by_default", "whether the entity is shown when it is first added");
        own("white_scale", "the value of full white");
    }

    private static final Map<Pattern, String> BY_KIND = new LinkedHashMap<>();

    static {
        kind("command_topic", "the topic to which Home Assistant publishes commands");
        kind("command_template", "the template that makes the payload of a command");
        kind("(.+)_command_topic", "the topic to which Home Assistant publishes commands for the %s");
        kind("(.+)_command_template", "the template that makes the payload of a command for the %s");
        kind("state_topic", "the topic on which Home Assistant hears the state");
        kind("(.+)_state_topic", "the topic on which Home Assistant hears the %s");
        kind("(?:state_)?value_template|state_template", "the template that takes the state out of a message");
        kind("(.+)_(?:value|state)_template", "the template that takes the %s out of a message");
        kind("(.+)_template", "the template that takes the %s out of a message");
        kind("(.+)_topic", "the topic on which Home Assistant hears the %s");
        kind("payload_(.+)", "the payload that stands for %s");
        kind("state_(.+)", "the payload of the state %s");
    }

    private OptionSentences() {}

    private static void own(String option, String sentence) {
        OWN.put(option, sentence);
    }

    private static void kind(String pattern, String sentence) {
        BY_KIND.put(Pattern.compile(pattern), sentence);
    }

    /** The option in one sentence, with what holds if it is not given. */
    static String of(OptionFacts option) {
        return meaning(option.name()) + unlessGiven(option) + since(option);
    }

    private static String meaning(String option) {
        String own = OWN.get(option);
        if (own != null) {
            return own;
        }
        for (var kind : BY_KIND.entrySet()) {
            Matcher matcher = kind.getKey().matcher(option);
            if (matcher.matches()) {
                return matcher.groupCount() == 0
                        ? kind.getValue()
                        : kind.getValue().formatted(subject(matcher.group(1)));
            }
        }
        throw new IllegalStateException("say in OptionSentences what the option " + option + " is");
    }

    private static String subject(String snake) {
        return TypeNames.spaced(snake)
                .replace("color temp", "colour temperature")
                .replace("color", "colour")
                .replace("hs", "hue and saturation")
                .replaceAll("^xy$", "colour in x and y")
                .replaceAll("^(rgb|rgbw|rgbww)$", "colour in $1");
    }

    private static String unlessGiven(OptionFacts option) {
        Optional<JsonValue> value = option.defaultValue().filter(given -> given != JsonNull.NULL);
        boolean optimism =
                option.type().equals("boolean") && option.runtimeDefault().isPresent();
        if (value.isPresent() && !optimism) {
            return "; " + shown(value.get()) + " unless given";
        }
        return option.runtimeDefault()
                .map(words -> "; unless given " + words.replace("<", "&lt;"))
                .orElse("");
    }

    private static String shown(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.values().isEmpty()
                    ? "none"
                    : array.values().stream().map(OptionSentences::shown).collect(Collectors.joining(", "));
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value() ? "yes" : "no";
        }
        return "{@code " + (value instanceof JsonString text ? text.value() : value.toString()) + "}";
    }

    private static String since(OptionFacts option) {
        return option.since().map(version -> " (since " + version + ")").orElse("");
    }
}
