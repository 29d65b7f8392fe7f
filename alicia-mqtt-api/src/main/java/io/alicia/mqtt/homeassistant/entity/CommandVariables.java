package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.InfraredEmitterEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What Home Assistant gives to the templates of commands. */
final class CommandVariables {

    private CommandVariables() {}

    /**
     * The variables for a command.
     *
     * @param payload what the command is without a template
     */
    static Map<String, ?> of(Component component, EntityCommand command, String payload) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("value", value(command, payload));
        if (component instanceof CoverEntity cover) {
            variables.put("position_open", cover.positionOpen().orElse(100));
            variables.put("position_closed", cover.positionClosed().orElse(0));
            variables.put("tilt_min", cover.tiltMin().orElse(0));
            variables.put("tilt_max", cover.tiltMax().orElse(100));
        }
        if (component instanceof ValveEntity valve) {
            variables.put("position_open", valve.positionOpen().orElse(100));
            variables.put("position_closed", valve.positionClosed().orElse(0));
        }
        if (command instanceof CoverCommand.SetPosition set) {
            variables.put("position", set.percentOpen());
        }
        if (command instanceof ValveCommand.SetPosition set) {
            variables.put("position", set.percentOpen());
        }
        if (command instanceof CoverCommand.SetTilt set) {
            variables.put("tilt_position", set.percentOpen());
        }
        if (component instanceof AlarmControlPanelEntity) {
            variables.put("action", payload);
        }
        if (component instanceof AlarmControlPanelEntity || component instanceof LockEntity) {
            // Without a code Home Assistant says None.
            variables.put("code", command instanceof EntityCommand.Coded coded ? coded.code() : null);
        }
        if (component instanceof InfraredEmitterEntity && command instanceof InfraredCommand said) {
            variables.put("timings", said.timings());
            variables.put("modulation", whole(said.modulationHz()));
            variables.put("repeat_count", whole(said.repeats()));
        }
        return variables;
    }

    private static @Nullable Object whole(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    /** Numbers are numbers in templates, too. */
    private static Object value(EntityCommand command, String payload) {
        boolean number = command instanceof EntityCommand.SetNumber
                || command instanceof CoverCommand.SetPosition
                || command instanceof CoverCommand.SetTilt
                || command instanceof ValveCommand.SetPosition
                || command instanceof FanCommand.SetSpeed
                || command instanceof ClimateCommand.SetTemperature
                || command instanceof ClimateCommand.SetLowTemperature
                || command instanceof ClimateCommand.SetHighTemperature
                || command instanceof ClimateCommand.SetHumidity
                || command instanceof HumidifierCommand.SetHumidity
                || command instanceof WaterHeaterCommand.SetTemperature;
        return number ? new BigDecimal(payload) : payload;
    }
}
