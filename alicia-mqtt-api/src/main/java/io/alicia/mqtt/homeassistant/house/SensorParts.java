package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.component.BinarySensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.EntityCategory;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.StateClass;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What can be seen of a thing: a sensor for each number and text, one of two states for each that has two. */
final class SensorParts {

    private static final Map<String, BinarySensorDeviceClass> TWO_STATES = Map.ofEntries(
            Map.entry("motion", BinarySensorDeviceClass.MOTION),
            Map.entry("occupancy", BinarySensorDeviceClass.OCCUPANCY),
            Map.entry("presence", BinarySensorDeviceClass.PRESENCE),
            Map.entry("door", BinarySensorDeviceClass.DOOR),
            Map.entry("window", BinarySensorDeviceClass.OPENING),
            Map.entry("gate", BinarySensorDeviceClass.OPENING),
            Map.entry("contact", BinarySensorDeviceClass.OPENING),
            Map.entry("light", BinarySensorDeviceClass.LIGHT),
            Map.entry("smoke", BinarySensorDeviceClass.SMOKE),
            Map.entry("gas", BinarySensorDeviceClass.GAS),
            Map.entry("leak", BinarySensorDeviceClass.MOISTURE),
            Map.entry("water", BinarySensorDeviceClass.MOISTURE),
            Map.entry("vibration", BinarySensorDeviceClass.VIBRATION),
            Map.entry("tamper", BinarySensorDeviceClass.TAMPER),
            Map.entry("charging", BinarySensorDeviceClass.BATTERY_CHARGING));

    /** What can be a quantity as well: of these a 0 or a 1 is no state. */
    private static final Set<String> QUANTITIES = Set.of("light", "gas", "water");

    private SensorParts() {}

    /** An entity for each field but those that are known otherwise. */
    static Map<String, Component> of(Wiring wiring, Set<String> known) {
        Map<String, Component> parts = new TreeMap<>();
        wiring.seen().fields().forEach((field, value) -> {
            if (!known.contains(field)) {
                parts.putIfAbsent(Wiring.entityId(field), of(wiring, field, field, value));
            }
        });
        return parts;
    }

    /** The one value of a topic, which the topic names. */
    static Map<String, Component> ofScalar(Wiring wiring, String measurement) {
        JsonValue value = wiring.seen().fields().getOrDefault(Seen.SCALAR, new JsonString(""));
        return Map.of(Wiring.entityId(measurement), of(wiring, Seen.SCALAR, measurement, value));
    }

    private static Component of(Wiring wiring, String field, String name, JsonValue value) {
        if (value instanceof JsonBoolean) {
            return twoStates(wiring, field, name, OnOff.BOOLEAN);
        }
        Optional<OnOff> words = value instanceof JsonString text ? OnOff.of(text.value()) : Optional.empty();
        if (words.isPresent()) {
            return twoStates(wiring, field, name, words.get());
        }
        if (OnOff.isBit(value) && TWO_STATES.containsKey(name) && !QUANTITIES.contains(name)) {
            return twoStates(wiring, field, name, OnOff.BIT);
        }
        boolean number =
                value instanceof JsonNumber || (value instanceof JsonString text && Numeric.isNumber(text.value()));
        return sensor(wiring, field, name, number);
    }

    private static Component twoStates(Wiring wiring, String field, String name, OnOff words) {
        BinarySensorEntity.Builder sensor = BinarySensorEntity.builder()
                .uniqueId(wiring.uniqueId(Wiring.entityId(name)))
                .name(Wiring.title(Wiring.entityId(name)))
                .availability(wiring.availability())
                .stateTopic(wiring.stateTopic())
                .payloadOn(words.on())
                .payloadOff(words.off());
        if (!field.equals(Seen.SCALAR)) {
            sensor.valueTemplate(wiring.template(field));
        }
        twoStates(name).ifPresent(sensor::deviceClass);
        return sensor.build();
    }

    /** What has two states, by its name. */
    static Optional<BinarySensorDeviceClass> twoStates(String name) {
        return Optional.ofNullable(TWO_STATES.get(name));
    }

    private static Component sensor(Wiring wiring, String field, String name, boolean number) {
        SensorEntity.Builder sensor = SensorEntity.builder()
                .uniqueId(wiring.uniqueId(Wiring.entityId(name)))
                .name(Wiring.title(Wiring.entityId(name)))
                .availability(wiring.availability())
                .stateTopic(wiring.stateTopic());
        if (!field.equals(Seen.SCALAR)) {
            sensor.valueTemplate(wiring.template(field));
        }
        if (number) {
            Optional<Numeric> known = Numeric.named(name);
            known.ifPresentOrElse(numeric -> numeric.describe(sensor), () -> sensor.stateClass(StateClass.MEASUREMENT));
            if (known.filter(Numeric::isDiagnostic).isPresent()) {
                sensor.entityCategory(EntityCategory.DIAGNOSTIC);
            }
        }
        return sensor.build();
    }
}
