package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.PowerState;
import org.jspecify.annotations.Nullable;

/** What a bulb shines like. */
record Lamp(PowerState state, Brightness brightness, LightColor color) {

    /** What it shines like after {@code command}, or null if a bulb cannot do that. */
    @Nullable
    Lamp after(Command command) {
        return switch (command.name()) {
            case "turn_on" -> new Lamp(PowerState.ON, command.brightness().orElse(brightness), color);
            case "turn_off" -> new Lamp(PowerState.OFF, brightness, color);
            case "toggle" -> new Lamp(state == PowerState.ON ? PowerState.OFF : PowerState.ON, brightness, color);
            case "set_brightness" ->
                new Lamp(PowerState.ON, command.brightness().orElse(brightness), color);
            case "set_color" -> new Lamp(state, brightness, command.color().orElse(color));
            default -> null;
        };
    }
}
