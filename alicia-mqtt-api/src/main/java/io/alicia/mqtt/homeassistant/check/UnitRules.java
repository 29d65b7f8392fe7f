package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.homeassistant.python.PythonBlanks;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.Optional;
import java.util.Set;

/** Which units go with which device class and state class of a sensor. */
final class UnitRules {

    private static final String UNIT = "unit_of_measurement";

    private final DiscoveryFacts facts;

    UnitRules(DiscoveryFacts facts) {
        this.facts = facts;
    }

    /** The options with the unit as Home Assistant reads it: a blank one is none, and some have a second spelling. */
    JsonObject normalized(JsonObject options) {
        Optional<String> unit = text(options, UNIT);
        if (unit.isEmpty()) {
            return options;
        }
        if (PythonBlanks.stripped(unit.get()).isEmpty()) {
            return options.toBuilder().remove(UNIT).build();
        }
        String alias = facts.unitAliases().get(unit.get());
        return alias == null ? options : options.toBuilder().put(UNIT, alias).build();
    }

    Optional<Problem> stateClass(JsonObject options) {
        Set<String> units = text(options, "state_class")
                .flatMap(name -> Optional.ofNullable(facts.stateClassUnits().get(name)))
                .orElse(Set.of());
        Optional<String> unit = text(options, UNIT);
        return units.isEmpty() || unit.filter(units::contains).isPresent()
                ? Optional.empty()
                : Relations.broken("state_class " + text(options, "state_class").orElse("") + " needs the unit "
                        + String.join(" or ", units) + ", not " + unit.orElse("none"));
    }

    Optional<Problem> deviceClass(JsonObject options) {
        Optional<String> name = text(options, "device_class");
        Optional<String> unit = text(options, UNIT);
        Optional<Set<String>> units = name.flatMap(
                        known -> Optional.ofNullable(facts.sensorClasses().get(known)))
                .flatMap(DeviceClassFacts::units);
        if (unit.isEmpty() || units.isEmpty() || units.get().contains(unit.get())) {
            return Optional.empty();
        }
        return Relations.broken("device_class " + name.orElse("") + " takes "
                + (units.get().isEmpty() ? "no unit" : "the unit " + String.join(", ", units.get()))
                + ", not " + unit.get());
    }

    static Optional<String> text(JsonObject options, String key) {
        return options.get(key).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }
}
