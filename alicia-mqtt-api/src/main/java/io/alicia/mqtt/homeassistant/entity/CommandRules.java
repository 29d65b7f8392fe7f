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
import io.alicia.mqtt.homeassistant.component.TemperatureUnit;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.component.VacuumFeature;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What Home Assistant refuses to tell a component: what it does not announce.
 */
final class CommandRules {

    private static final List<VacuumFeature> VACUUM_DEFAULTS =
            List.of(VacuumFeature.START, VacuumFeature.STOP, VacuumFeature.RETURN_HOME, VacuumFeature.CLEAN_SPOT);

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
            temperature(climate, set.temperature());
        } else if (command instanceof ClimateCommand.SetLowTemperature set) {
            temperature(climate, set.temperature());
        } else if (command instanceof ClimateCommand.SetHighTemperature set) {
            temperature(climate, set.temperature());
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
            temperature(set.temperature(), heater.minTemp(), heater.maxTemp(), heater.temperatureUnit(), 43.3, 60);
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
        } else if (component instanceof VacuumEntity vacuum && command instanceof VacuumCommand told) {
            vacuum(vacuum, told);
        } else if (component instanceof SirenEntity siren && command instanceof SirenCommand set) {
            siren(siren, set);
        } else {
            position(command);
        }
    }

    private void vacuum(VacuumEntity vacuum, VacuumCommand command) {
        List<VacuumFeature> given = vacuum.supportedFeatures();
        List<VacuumFeature> features = given == null ? VACUUM_DEFAULTS : given;
        feature(command)
                .ifPresent(
                        feature -> require(features.contains(feature), "supported_features has no " + feature.word()));
        if (command instanceof VacuumCommand.SetFanSpeed set) {
            oneOf("fan_speed_list", vacuum.fanSpeedList(), set.speed());
        }
    }

    /** The feature that a vacuum cleaner has to have for it; none for segments, for which a topic is enough. */
    private static Optional<VacuumFeature> feature(VacuumCommand command) {
        if (command instanceof VacuumCommand.Simple simple) {
            return Optional.of(
                    switch (simple) {
                        case START -> VacuumFeature.START;
                        case PAUSE -> VacuumFeature.PAUSE;
                        case STOP -> VacuumFeature.STOP;
                        case RETURN_TO_BASE -> VacuumFeature.RETURN_HOME;
                        case CLEAN_SPOT -> VacuumFeature.CLEAN_SPOT;
                        case LOCATE -> VacuumFeature.LOCATE;
                    });
        }
        if (command instanceof VacuumCommand.SetFanSpeed) {
            return Optional.of(VacuumFeature.FAN_SPEED);
        }
        return command instanceof VacuumCommand.Send ? Optional.of(VacuumFeature.SEND_COMMAND) : Optional.empty();
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

    private void temperature(ClimateEntity climate, double value) {
        temperature(value, climate.minTemp(), climate.maxTemp(), climate.temperatureUnit(), 7, 35);
    }

    /**
     * Where it does not announce a limit Home Assistant has one of its own, in the unit of the house if the component names none:
     * what is beyond it in either unit is refused.
     */
    private void temperature(
            double value,
            OptionalDouble least,
            OptionalDouble most,
            Optional<TemperatureUnit> unit,
            double leastCelsius,
            double mostCelsius) {
        boolean isFahrenheit = unit.filter(TemperatureUnit.FAHRENHEIT::equals).isPresent();
        boolean isCelsius = unit.filter(TemperatureUnit.CELSIUS::equals).isPresent();
        within(
                "temperature",
                value,
                least.orElse(isFahrenheit ? fahrenheit(leastCelsius) : leastCelsius),
                most.orElse(isCelsius ? mostCelsius : fahrenheit(mostCelsius)));
    }

    private static double fahrenheit(double celsius) {
        return Math.rint((celsius * 1.8 + 32) * 10) / 10;
    }

    private void within(String what, double value, double least, double most) {
        require(Double.isFinite(value), what + " cannot be " + value);
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
