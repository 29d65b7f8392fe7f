package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.OptionWord;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The modes that a device of the climate has: those that it announces, or those that Home Assistant takes it to have. */
final class KnownModes {

    static final String NO_PRESET = "none";

    private KnownModes() {}

    static List<String> of(ClimateEntity entity) {
        return words(entity.modes(), List.of("auto", "off", "cool", "heat", "dry", "fan_only"));
    }

    static List<String> of(WaterHeaterEntity entity) {
        return words(
                entity.modes(), List.of("eco", "electric", "gas", "heat_pump", "high_demand", "performance", "off"));
    }

    static List<String> fan(ClimateEntity entity) {
        return given(entity.fanModes(), List.of("auto", "low", "medium", "high"));
    }

    static List<String> presets(ClimateEntity entity) {
        return given(entity.presetModes(), List.of());
    }

    static List<String> swing(ClimateEntity entity) {
        return given(entity.swingModes(), List.of("on", "off"));
    }

    static List<String> horizontalSwing(ClimateEntity entity) {
        return given(entity.swingHorizontalModes(), List.of("on", "off"));
    }

    private static List<String> words(@Nullable List<? extends OptionWord> announced, List<String> otherwise) {
        return announced == null
                ? otherwise
                : announced.stream().map(OptionWord::word).toList();
    }

    private static List<String> given(@Nullable List<String> announced, List<String> otherwise) {
        return announced == null ? otherwise : announced;
    }
}
