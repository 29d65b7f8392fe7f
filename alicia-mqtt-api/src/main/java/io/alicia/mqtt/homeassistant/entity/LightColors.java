package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.payload.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the colours of lights with the schema {@code json} stand in their messages.
 *
 * @param variant the light's component and schema, for messages to people
 * @param modes the colour modes that the light announces
 * @param whiteScale the value of full white
 * @param inKelvin whether colour temperatures are in kelvin instead of mireds
 */
record LightColors(String variant, Set<ColorMode> modes, int whiteScale, boolean inKelvin) {

    private static final double MIREDS = 1_000_000;

    /** In the order in which a colour with many fields is taken, if nothing names its mode. */
    private static final List<ColorMode> BY_FIELDS =
            List.of(ColorMode.RGBWW, ColorMode.RGBW, ColorMode.RGB, ColorMode.XY, ColorMode.HS);

    static LightColors of(JsonLightEntity light) {
        List<ColorMode> modes = light.supportedColorModes();
        return new LightColors(
                light.variant(),
                modes == null ? Set.of() : Set.copyOf(modes),
                light.whiteScale().orElse(Brightness255.SCALE),
                light.colorTempKelvin().orElse(false));
    }

    /** Home Assistant rounds down, in both directions. */
    static int kelvin(double value, boolean inKelvin) {
        return (int) (inKelvin || value <= 0 ? Math.round(value) : Math.floor(MIREDS / value));
    }

    static double temperature(int kelvin, boolean inKelvin) {
        return inKelvin || kelvin <= 0 ? kelvin : Math.floor(MIREDS / kelvin);
    }

    /** The colour of a state: the one that {@code color_mode} names, if the light has announced that mode. */
    Optional<LightTint> ofState(JsonObject json) {
        Optional<ColorMode> named = JsonFields.text(json, "color_mode")
                .flatMap(word ->
                        modes.stream().filter(mode -> mode.word().equals(word)).findFirst());
        return named.flatMap(mode -> mode == ColorMode.COLOR_TEMP
                ? temperature(json)
                : JsonFields.object(json, "color").flatMap(color -> color(mode, color)));
    }

    /** The colour of a command, which has no more than one and does not name its mode. */
    Optional<LightTint> ofCommand(JsonObject json) {
        return temperature(json)
                .or(() -> white(json))
                .or(() -> JsonFields.object(json, "color")
                        .flatMap(color -> BY_FIELDS.stream()
                                .flatMap(mode -> color(mode, color).stream())
                                .findFirst()));
    }

    boolean isWhite(JsonObject json) {
        return modes.contains(ColorMode.WHITE)
                && JsonFields.text(json, "color_mode").filter("white"::equals).isPresent();
    }

    /**
     * Adds a colour to a message.
     *
     * @throws IllegalArgumentException if the light does not announce its mode, so that Home Assistant would pass it over
     */
    void put(JsonObject.Builder json, LightTint tint) {
        if (!modes.contains(tint.mode())) {
            throw new IllegalArgumentException(variant + ": the light has no colour mode "
                    + tint.mode().word() + " in supported_color_modes to say " + tint);
        }
        if (tint instanceof LightTint.Temperature temperature) {
            json.put("color_temp", JsonFields.decimal(temperature(temperature.kelvin(), inKelvin)));
        } else if (tint instanceof LightTint.White white) {
            json.put("white", Brightness255.lit(white.brightness(), whiteScale));
        } else {
            json.put("color", color(tint));
        }
    }

    private static JsonObject color(LightTint tint) {
        JsonObject.Builder color = JsonObject.builder();
        if (tint instanceof LightTint.HueSaturation hs) {
            color.put("h", JsonFields.decimal(hs.hue())).put("s", JsonFields.decimal(hs.saturation()));
        } else if (tint instanceof LightTint.Xy xy) {
            color.put("x", JsonFields.decimal(xy.x())).put("y", JsonFields.decimal(xy.y()));
        } else if (tint instanceof LightTint.Rgb rgb) {
            color.put("r", rgb.red()).put("g", rgb.green()).put("b", rgb.blue());
        } else if (tint instanceof LightTint.Rgbw rgbw) {
            color.put("r", rgbw.red()).put("g", rgbw.green()).put("b", rgbw.blue());
            color.put("w", rgbw.white());
        } else if (tint instanceof LightTint.Rgbww all) {
            color.put("r", all.red()).put("g", all.green()).put("b", all.blue());
            color.put("c", all.coldWhite()).put("w", all.warmWhite());
        }
        return color.build();
    }

    private Optional<LightTint> temperature(JsonObject json) {
        OptionalDouble value = JsonFields.number(json, "color_temp");
        return value.isPresent()
                ? Optional.of(new LightTint.Temperature(kelvin(value.getAsDouble(), inKelvin)))
                : Optional.empty();
    }

    Optional<LightTint> white(JsonObject json) {
        OptionalDouble value = JsonFields.number(json, "white");
        return value.isPresent()
                ? Optional.of(new LightTint.White(Brightness255.of(value.getAsDouble(), whiteScale)))
                : Optional.empty();
    }

    /** The colour of a mode, if all of its fields are there. */
    private static Optional<LightTint> color(ColorMode mode, JsonObject color) {
        return switch (mode) {
            case HS ->
                fields(color, "h", "s")
                        .map(hs -> new LightTint.HueSaturation(
                                hs.get(0).doubleValue(), hs.get(1).doubleValue()));
            case XY ->
                fields(color, "x", "y")
                        .map(xy -> new LightTint.Xy(
                                xy.get(0).doubleValue(), xy.get(1).doubleValue()));
            case RGB ->
                fields(color, "r", "g", "b").map(rgb -> new LightTint.Rgb(part(rgb, 0), part(rgb, 1), part(rgb, 2)));
            case RGBW ->
                fields(color, "r", "g", "b", "w")
                        .map(rgbw -> new LightTint.Rgbw(part(rgbw, 0), part(rgbw, 1), part(rgbw, 2), part(rgbw, 3)));
            case RGBWW ->
                fields(color, "r", "g", "b", "c", "w")
                        .map(all -> new LightTint.Rgbww(
                                part(all, 0), part(all, 1), part(all, 2), part(all, 3), part(all, 4)));
            default -> Optional.empty();
        };
    }

    private static Optional<List<BigDecimal>> fields(JsonObject color, String... names) {
        List<BigDecimal> values = new ArrayList<>();
        Stream.of(names)
                .flatMap(name -> JsonFields.decimal(color, name).stream())
                .forEach(values::add);
        return values.size() == names.length ? Optional.of(values) : Optional.empty();
    }

    private static int part(List<BigDecimal> values, int index) {
        return values.get(index).intValue();
    }
}
