package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The JSON of lights with the schema {@code json}.
 *
 * @param brightnessScale the value of full brightness
 * @param whiteScale the value of full white
 * @param inKelvin whether colour temperatures are in kelvin instead of mireds
 */
record LightJson(int brightnessScale, int whiteScale, boolean inKelvin) {

    private static final double MIREDS = 1_000_000;

    static LightJson of(JsonLightEntity light) {
        return new LightJson(
                light.brightnessScale().orElse(255),
                light.whiteScale().orElse(255),
                light.colorTempKelvin().orElse(false));
    }

    static int kelvin(double value, boolean inKelvin) {
        return (int) Math.round(inKelvin || value <= 0 ? value : MIREDS / value);
    }

    static double temperature(int kelvin, boolean inKelvin) {
        return inKelvin || kelvin <= 0 ? kelvin : Math.rint(MIREDS / kelvin);
    }

    /** What a command says, or empty if it is no object. */
    Optional<EntityCommand> command(String payload) {
        return object(payload).map(json -> {
            LightCommand.Builder command = LightCommand.builder();
            on(json).ifPresent(command::on);
            number(json, "brightness")
                    .ifPresent(value -> command.brightness(LightChannels.brightness(value, brightnessScale)));
            tint(json).ifPresent(command::tint);
            text(json, "effect").ifPresent(command::effect);
            number(json, "transition").ifPresent(seconds -> command.transition(duration(seconds)));
            number(json, "flash").ifPresent(seconds -> command.flash(duration(seconds)));
            return command.build();
        });
    }

    /** What a state says, or empty if it is no object. */
    Optional<EntityState> state(String payload) {
        return object(payload).map(json -> {
            LightState.Builder state = LightState.builder();
            on(json).ifPresent(state::on);
            number(json, "brightness")
                    .ifPresent(value -> state.brightness(LightChannels.brightness(value, brightnessScale)));
            tint(json).ifPresent(state::tint);
            text(json, "effect").ifPresent(state::effect);
            return state.build();
        });
    }

    String text(LightCommand command) {
        JsonObject.Builder json = JsonObject.builder();
        command.on().ifPresent(on -> json.put("state", on ? "ON" : "OFF"));
        command.brightness().ifPresent(brightness -> json.put("brightness", level(brightness.level())));
        command.tint().ifPresent(tint -> put(json, tint, false));
        command.effect().ifPresent(effect -> json.put("effect", effect));
        command.transition().ifPresent(time -> json.put("transition", seconds(time)));
        command.flash().ifPresent(time -> json.put("flash", seconds(time)));
        return json.build().toString();
    }

    String text(LightState state) {
        JsonObject.Builder json = JsonObject.builder();
        state.on().ifPresent(on -> json.put("state", on ? "ON" : "OFF"));
        state.brightness().ifPresent(brightness -> json.put("brightness", level(brightness.level())));
        state.tint().ifPresent(tint -> put(json, tint, true));
        state.effect().ifPresent(effect -> json.put("effect", effect));
        return json.build().toString();
    }

    private long level(int of255) {
        return Math.round(of255 * brightnessScale / 255.0);
    }

    private void put(JsonObject.Builder json, LightTint tint, boolean withMode) {
        JsonObject.Builder color = JsonObject.builder();
        String mode;
        if (tint instanceof LightTint.Temperature temperature) {
            mode = "color_temp";
            json.put("color_temp", decimal(temperature(temperature.kelvin(), inKelvin)));
        } else if (tint instanceof LightTint.White white) {
            mode = "white";
            json.put("white", Math.round(white.percent() * whiteScale / 100.0));
        } else if (tint instanceof LightTint.HueSaturation hs) {
            mode = "hs";
            color.put("h", decimal(hs.hue())).put("s", decimal(hs.saturation()));
        } else if (tint instanceof LightTint.Xy xy) {
            mode = "xy";
            color.put("x", decimal(xy.x())).put("y", decimal(xy.y()));
        } else if (tint instanceof LightTint.Rgb rgb) {
            mode = "rgb";
            color.put("r", rgb.red()).put("g", rgb.green()).put("b", rgb.blue());
        } else if (tint instanceof LightTint.Rgbw rgbw) {
            mode = "rgbw";
            color.put("r", rgbw.red())
                    .put("g", rgbw.green())
                    .put("b", rgbw.blue())
                    .put("w", rgbw.white());
        } else {
            LightTint.Rgbww all = (LightTint.Rgbww) tint;
            mode = "rgbww";
            color.put("r", all.red()).put("g", all.green()).put("b", all.blue());
            color.put("c", all.coldWhite()).put("w", all.warmWhite());
        }
        JsonObject built = color.build();
        if (!built.members().isEmpty()) {
            json.put("color", built);
        }
        if (withMode) {
            json.put("color_mode", mode);
        }
    }

    private Optional<LightTint> tint(JsonObject json) {
        OptionalDouble temperature = number(json, "color_temp");
        if (temperature.isPresent()) {
            return Optional.of(new LightTint.Temperature(kelvin(temperature.getAsDouble(), inKelvin)));
        }
        OptionalDouble white = number(json, "white");
        if (white.isPresent()) {
            return Optional.of(new LightTint.White((int) Math.round(white.getAsDouble() * 100 / whiteScale)));
        }
        return json.get("color").filter(JsonObject.class::isInstance).flatMap(color -> color((JsonObject) color));
    }

    private static Optional<LightTint> color(JsonObject color) {
        if (has(color, "r", "g", "b")) {
            int red = part(color, "r");
            int green = part(color, "g");
            int blue = part(color, "b");
            if (has(color, "c", "w")) {
                return Optional.of(new LightTint.Rgbww(red, green, blue, part(color, "c"), part(color, "w")));
            }
            return Optional.of(
                    has(color, "w")
                            ? new LightTint.Rgbw(red, green, blue, part(color, "w"))
                            : new LightTint.Rgb(red, green, blue));
        }
        if (has(color, "x", "y")) {
            return Optional.of(new LightTint.Xy(
                    number(color, "x").orElse(0), number(color, "y").orElse(0)));
        }
        return has(color, "h", "s")
                ? Optional.of(new LightTint.HueSaturation(
                        number(color, "h").orElse(0), number(color, "s").orElse(0)))
                : Optional.empty();
    }

    private static boolean has(JsonObject color, String... keys) {
        return Stream.of(keys).allMatch(key -> number(color, key).isPresent());
    }

    private static int part(JsonObject color, String key) {
        return (int) Math.round(number(color, key).orElse(0));
    }

    private static Optional<Boolean> on(JsonObject json) {
        return text(json, "state")
                .filter(state -> state.equals("ON") || state.equals("OFF"))
                .map("ON"::equals);
    }

    static Optional<JsonObject> object(String payload) {
        try {
            return Json.parse(payload) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (PayloadException e) {
            return Optional.empty();
        }
    }

    static OptionalDouble number(JsonObject json, String key) {
        return json.getOrNull(key) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    static Optional<String> text(JsonObject json, String key) {
        return json.getOrNull(key) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    static JsonValue decimal(double number) {
        return number == Math.rint(number) ? JsonNumber.of((long) number) : JsonNumber.of(number);
    }

    static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    static JsonValue seconds(Duration duration) {
        return decimal(duration.toMillis() / 1_000.0);
    }
}
