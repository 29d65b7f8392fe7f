package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What Home Assistant refuses to tell a component: what it does not announce. Limits that depend on the unit of the house are
 * not looked at where the component does not give them.
 */
final class CommandRules {

    private final Component component;

    private CommandRules(Component component) {
        this.component = component;
    }

    /** Refuses a command that the component does not announce. */
    static void require(Component component, EntityCommand command) {
        CommandRules rules = new CommandRules(component);
        if (component instanceof ClimateEntity climate) {
            rules.climate(climate, command);
        } else if (component instanceof FanEntity fan) {
            rules.fan(fan, command);
        } else if (component instanceof HumidifierEntity humidifier) {
            rules.humidifier(humidifier, command);
        } else if (component instanceof WaterHeaterEntity heater) {
            rules.waterHeater(heater, command);
        } else if (component instanceof LockEntity lock) {
            CodeRules.broken(lock, command).ifPresent(rules::refuse);
        } else if (component instanceof AlarmControlPanelEntity alarm) {
            CodeRules.broken(alarm, command).ifPresent(rules::refuse);
        } else {
            rules.others(command);
        }
    }

    private void climate(ClimateEntity climate, EntityCommand command) {
        if (command instanceof ClimateCommand.SetMode set) {
            oneOf("modes", KnownModes.of(climate), set.mode().word());
        } else if (command instanceof ClimateCommand.SetFanMode set) {
            oneOf("fan_modes", KnownModes.fan(climate), set.mode());
        } else if (command instanceof ClimateCommand.SetPreset set
                && !set.preset().equals(KnownModes.NO_PRESET)) {
            oneOf("preset_modes", KnownModes.presets(climate), set.preset());
        } else if (command instanceof ClimateCommand.SetSwingMode set) {
            oneOf("swing_modes", KnownModes.swing(climate), set.mode());
        } else if (command instanceof ClimateCommand.SetHorizontalSwingMode set) {
            oneOf("swing_horizontal_modes", KnownModes.horizontalSwing(climate), set.mode());
        } else if (command instanceof ClimateCommand.SetHumidity set) {
            within(
                    "humidity",
                    set.percent(),
                    climate.minHumidity().orElse(30),
                    climate.maxHumidity().orElse(99));
        } else if (command instanceof ClimateCommand.SetTemperature set) {
            temperature(set.temperature(), climate.minTemp(), climate.maxTemp());
        } else if (command instanceof ClimateCommand.SetLowTemperature set) {
            temperature(set.temperature(), climate.minTemp(), climate.maxTemp());
        } else if (command instanceof ClimateCommand.SetHighTemperature set) {
            temperature(set.temperature(), climate.minTemp(), climate.maxTemp());
        }
    }

    private void fan(FanEntity fan, EntityCommand command) {
        if (command instanceof FanCommand.SetSpeed set && set.speed() != 0) {
            within(
                    "speed",
                    set.speed(),
                    fan.speedRangeMin().orElse(1) - 1,
                    fan.speedRangeMax().orElse(100));
        } else if (command instanceof FanCommand.SetPreset set) {
            oneOf("preset_modes", fan.presetModes(), set.preset());
        }
    }

    private void humidifier(HumidifierEntity humidifier, EntityCommand command) {
        if (command instanceof HumidifierCommand.SetHumidity set) {
            within(
                    "humidity",
                    set.percent(),
                    humidifier.minHumidity().orElse(0),
                    humidifier.maxHumidity().orElse(100));
        } else if (command instanceof HumidifierCommand.SetMode set) {
            oneOf("modes", humidifier.modes(), set.mode());
        }
    }

    private void waterHeater(WaterHeaterEntity heater, EntityCommand command) {
        if (command instanceof WaterHeaterCommand.SetMode set) {
            oneOf("modes", KnownModes.of(heater), set.mode().word());
        } else if (command instanceof WaterHeaterCommand.SetTemperature set) {
            temperature(set.temperature(), heater.minTemp(), heater.maxTemp());
        }
    }

    private void others(EntityCommand command) {
        if (component instanceof NumberEntity number && command instanceof EntityCommand.SetNumber set) {
            within("value", set.value(), number.min().orElse(0), number.max().orElse(100));
        } else if (component instanceof SelectEntity select && command instanceof EntityCommand.Select set) {
            oneOf("options", select.options(), set.option());
        } else if (component instanceof TextEntity text && command instanceof EntityCommand.SetText set) {
            require(
                    TextStates.of(text).read(set.text()).isPresent(),
                    "the text does not have the length or the pattern that it has to have");
        } else if (component instanceof VacuumEntity vacuum && command instanceof VacuumCommand.SetFanSpeed set) {
            oneOf("fan_speed_list", vacuum.fanSpeedList(), set.speed());
        } else if (component instanceof SirenEntity siren && command instanceof SirenCommand set) {
            siren(siren, set);
        } else {
            position(command);
        }
    }

    /** Nothing is said of how it sounds to a siren that is to be silent. */
    private void siren(SirenEntity siren, SirenCommand command) {
        if (command.on()) {
            SirenSound.of(siren).require(command.tone(), command.duration(), command.volume());
            command.volume().ifPresent(volume -> within("volume", volume, 0, 1));
        }
    }

    private void position(EntityCommand command) {
        if (command instanceof CoverCommand.SetPosition set) {
            within("position", set.percentOpen(), 0, 100);
        } else if (command instanceof CoverCommand.SetTilt set) {
            within("tilt", set.percentOpen(), 0, 100);
        } else if (command instanceof ValveCommand.SetPosition set) {
            within("position", set.percentOpen(), 0, 100);
        }
    }

    private void temperature(double value, OptionalDouble least, OptionalDouble most) {
        within("temperature", value, least.orElse(-Double.MAX_VALUE), most.orElse(Double.MAX_VALUE));
    }

    private void within(String what, double value, double least, double most) {
        require(
                value >= least && value <= most,
                what + " " + Channels.plain(value) + " is not from " + Channels.plain(least) + " to "
                        + Channels.plain(most));
    }

    private void oneOf(String option, @Nullable List<String> known, String said) {
        require(known != null && known.contains(said), option + " has no " + said);
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            refuse(rule);
        }
    }

    private void refuse(String rule) {
        throw new IllegalArgumentException(component.variant() + ": " + rule);
    }
}
