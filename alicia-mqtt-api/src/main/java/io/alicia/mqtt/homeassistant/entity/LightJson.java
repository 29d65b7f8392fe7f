package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The JSON of lights with the schema {@code json}.
 *
 * @param light the light
 * @param colors how its colours stand there
 */
record LightJson(JsonLightEntity light, LightColors colors) {

    private static final String STATE = "state";
    private static final String BRIGHTNESS = "brightness";

    static LightJson of(JsonLightEntity light) {
        return new LightJson(light, LightColors.of(light));
    }

    /** What a command says, or empty if it is no object. */
    Optional<EntityCommand> command(String payload) {
        return JsonFields.object(payload).map(json -> {
            LightCommand.Builder command = LightCommand.builder();
            on(json).ifPresent(command::on);
            JsonFields.number(json, BRIGHTNESS)
                    .ifPresent(value -> command.brightness(Brightness255.of(value, scale())));
            colors.ofCommand(json).ifPresent(command::tint);
            JsonFields.text(json, "effect").ifPresent(command::effect);
            JsonFields.number(json, "transition")
                    .ifPresent(seconds -> command.transition(JsonFields.duration(seconds)));
            JsonFields.number(json, "flash").ifPresent(seconds -> command.flash(JsonFields.duration(seconds)));
            return command.build();
        });
    }

    /**
     * What a state says, or empty if Home Assistant would not take it: it wants an object with {@code state}, which may be
     * null where the light does not know.
     */
    Optional<EntityState> state(String payload) {
        return JsonFields.object(payload)
                .filter(json -> json.get(STATE).isPresent())
                .map(json -> {
                    if (json.getOrNull(STATE) == JsonNull.NULL) {
                        return new EntityState.Unknown();
                    }
                    LightState.Builder state = LightState.builder();
                    on(json).ifPresent(state::on);
                    Optional<Brightness> brightness = brightness(json);
                    brightness.filter(level -> isDimmed()).ifPresent(state::brightness);
                    if (colors.isWhite(json)) {
                        state.tint(brightness
                                .<LightTint>map(LightTint.White::new)
                                .or(() -> colors.white(json))
                                .orElseGet(() -> new LightTint.White(Brightness.FULL)));
                    } else {
                        colors.ofState(json).ifPresent(state::tint);
                    }
                    JsonFields.text(json, "effect")
                            .filter(effect -> hasEffects())
                            .ifPresent(state::effect);
                    return state.build();
                });
    }

    /** Home Assistant passes over a brightness of 0: whether the light is on stands elsewhere. */
    private Optional<Brightness> brightness(JsonObject json) {
        OptionalDouble value = JsonFields.number(json, BRIGHTNESS);
        return value.isPresent() && value.getAsDouble() != 0
                ? Optional.of(Brightness255.ofLit(value.getAsDouble(), scale()))
                : Optional.empty();
    }

    /**
     * What tells the light that, as Home Assistant does: whatever is to be set turns it on.
     *
     * @throws IllegalArgumentException if the light announces no way to say a part of it
     */
    String text(LightCommand command) {
        boolean on = !command.isOff();
        JsonObject.Builder json = JsonObject.builder().put(STATE, on ? "ON" : "OFF");
        if (on) {
            Optional<LightTint> dimmed = dimmed(command);
            command.brightness().ifPresent(brightness -> {
                requireDimmed();
                if (dimmed.isEmpty()) {
                    json.put(BRIGHTNESS, Brightness255.lit(brightness, scale()));
                }
            });
            dimmed.or(command::tint).ifPresent(tint -> colors.put(json, tint));
            command.effect().ifPresent(effect -> {
                requireEffects();
                json.put("effect", effect);
            });
        }
        command.transition().ifPresent(time -> {
            require(light.transition().orElse(true), "no transition, as transition is false");
            json.put("transition", JsonFields.seconds(time));
        });
        command.flash().ifPresent(time -> {
            require(light.flash().orElse(true), "no flash, as flash is false");
            json.put("flash", JsonFields.seconds(time));
        });
        return json.build().toString();
    }

    /**
     * The colour that says how bright the light is to be: white, whatever there is besides, and channels where the light does
     * not announce that it hears its brightness apart.
     */
    private Optional<LightTint> dimmed(LightCommand command) {
        return command.tint()
                .filter(tint ->
                        tint instanceof LightTint.White || !light.brightness().orElse(false))
                .flatMap(tint -> command.brightness().flatMap(level -> DimmedTint.of(tint, level)));
    }

    /** What says a state, which may be that the light does not know; empty if it is none of a light. */
    Optional<String> written(EntityState state) {
        if (state instanceof EntityState.Unknown) {
            return Optional.of(
                    JsonObject.builder().put(STATE, JsonNull.NULL).build().toString());
        }
        return state instanceof LightState said ? Optional.of(text(said)) : Optional.empty();
    }

    /**
     * What says that state.
     *
     * @throws IllegalArgumentException if it does not say whether the light is on, without which Home Assistant takes
     *     nothing of it, or if it has a colour whose mode, a brightness or an effect that the light does not announce
     */
    String text(LightState state) {
        boolean on = state.on()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                light.variant() + ": " + state
                                        + " does not say whether the light is on, and without that Home Assistant takes nothing of it"));
        require(
                state.colorMode().isEmpty()
                        || state.colorMode().equals(state.tint().map(LightTint::mode)),
                "its colour says which colour mode it is in, and nothing else does");
        JsonObject.Builder json = JsonObject.builder().put(STATE, on ? "ON" : "OFF");
        state.brightness().ifPresent(brightness -> {
            requireDimmed();
            json.put(BRIGHTNESS, Brightness255.value(brightness, scale()));
        });
        state.tint().ifPresent(tint -> {
            colors.put(json, tint);
            if (tint instanceof LightTint.White white && state.brightness().isEmpty()) {
                json.put(BRIGHTNESS, Brightness255.lit(white.brightness(), scale()));
            }
            json.put("color_mode", tint.mode().word());
        });
        state.effect().ifPresent(effect -> {
            requireEffects();
            json.put("effect", effect);
        });
        return json.build().toString();
    }

    private int scale() {
        return light.brightnessScale().orElse(Brightness255.SCALE);
    }

    /** Whether Home Assistant looks at its brightness. */
    private boolean isDimmed() {
        return colors.modes().isEmpty()
                ? light.brightness().orElse(false)
                : colors.modes().stream().anyMatch(mode -> mode != ColorMode.ONOFF);
    }

    /** Whether Home Assistant shows its effects; the list of them alone does not say so. */
    private boolean hasEffects() {
        return light.effect().orElse(false);
    }

    private void requireDimmed() {
        require(isDimmed(), "the light announces neither brightness nor a colour mode that has it");
    }

    private void requireEffects() {
        require(hasEffects(), "no effect unless effect is true");
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(light.variant() + ": " + rule);
        }
    }

    private static Optional<Boolean> on(JsonObject json) {
        return JsonFields.text(json, STATE)
                .filter(state -> state.equals("ON") || state.equals("OFF"))
                .map("ON"::equals);
    }
}
