package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DateEntity;
import io.alicia.mqtt.homeassistant.component.DateTimeEntity;
import io.alicia.mqtt.homeassistant.component.DeviceTrackerEntity;
import io.alicia.mqtt.homeassistant.component.LawnMowerEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.TimeEntity;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Home Assistant takes for the state of a component whose state is one text: the payload that says that the state is
 * not known, and which others there can be.
 *
 * @param unknown the payload that says so, if the component has one
 * @param reader the state that another payload is, if it is one
 */
record TextStates(Optional<String> unknown, Function<String, Optional<EntityState>> reader) {

    private static final String NONE = "None";
    private static final int LONGEST = 255;

    private static final Set<String> ALARM = Set.of(
            "disarmed",
            "armed_home",
            "armed_away",
            "armed_night",
            "armed_vacation",
            "armed_custom_bypass",
            "pending",
            "arming",
            "disarming",
            "triggered");
    private static final Map<SensorDeviceClass, Function<String, Optional<EntityState>>> DATED = Map.of(
            SensorDeviceClass.DATE, payload -> Optional.of(DateTexts.date(payload)),
            SensorDeviceClass.TIMESTAMP, payload -> Optional.of(DateTexts.timestamp(payload)));
    private static final Set<String> MOWING = Set.of("mowing", "paused", "docked", "returning", "error");

    private static TextStates texts(String unknown, Predicate<String> takes) {
        return texts(Optional.of(unknown), takes);
    }

    private static TextStates texts(Optional<String> unknown, Predicate<String> takes) {
        return new TextStates(
                unknown,
                payload -> takes.test(payload) ? Optional.of(new EntityState.Text(payload)) : Optional.empty());
    }

    static TextStates of(Component component) {
        if (component instanceof SensorEntity sensor) {
            return sensor.deviceClass()
                    .flatMap(known -> Optional.ofNullable(DATED.get(known)))
                    .map(reader -> new TextStates(Optional.of(NONE), reader))
                    .orElseGet(() -> texts(NONE, sensor(sensor)));
        }
        if (component instanceof NumberEntity number) {
            return texts(number.payloadReset().orElse(NONE), payload -> isWithin(number, payload));
        }
        if (component instanceof LockEntity lock) {
            return texts(lock.payloadReset().orElse(NONE), lock(lock)::contains);
        }
        if (component instanceof DeviceTrackerEntity tracker) {
            return texts(tracker.payloadReset().orElse(NONE), payload -> !payload.isEmpty());
        }
        if (component instanceof SelectEntity select) {
            return texts(NONE, select.options()::contains);
        }
        if (component instanceof AlarmControlPanelEntity) {
            return texts(NONE, ALARM::contains);
        }
        if (component instanceof LawnMowerEntity) {
            return texts("none", MOWING::contains);
        }
        boolean dated = component instanceof DateEntity
                || component instanceof TimeEntity
                || component instanceof DateTimeEntity;
        return dated ? texts(NONE, payload -> !payload.isEmpty()) : texts(Optional.empty(), payload -> true);
    }

    /** The state that a payload says, or empty if it says none. */
    Optional<EntityState> read(String payload) {
        if (unknown.filter(payload::equals).isPresent()) {
            return Optional.of(new EntityState.Unknown());
        }
        return reader.apply(payload);
    }

    Optional<String> write(EntityState state) {
        if (state instanceof EntityState.Date said) {
            return Optional.of(said.date().toString());
        }
        if (state instanceof EntityState.Timestamp said) {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(said.time()));
        }
        return state instanceof EntityState.Unknown
                ? unknown
                : CommandChannels.written(EntityState.Text.class, EntityState.Text::text, state);
    }

    private static Predicate<String> sensor(SensorEntity sensor) {
        if (isNumeric(sensor)) {
            return payload -> Channels.decimal(payload).isPresent();
        }
        List<String> options = sensor.options();
        return options == null || options.isEmpty() ? payload -> payload.length() <= LONGEST : options::contains;
    }

    /** As Home Assistant decides whether it expects a number. */
    private static boolean isNumeric(SensorEntity sensor) {
        Optional<DeviceClassFacts> known = sensor.deviceClass()
                .map(SensorDeviceClass::word)
                .flatMap(word ->
                        Optional.ofNullable(DiscoveryFacts.get().sensorClasses().get(word)));
        if (known.isPresent() && !known.get().numeric()) {
            return false;
        }
        return known.isPresent()
                || sensor.stateClass().isPresent()
                || sensor.unitOfMeasurement().isPresent()
                || sensor.suggestedDisplayPrecision().isPresent();
    }

    private static boolean isWithin(NumberEntity number, String payload) {
        return Channels.decimal(payload)
                .map(BigDecimal::doubleValue)
                .filter(value ->
                        value >= number.min().orElse(0) && value <= number.max().orElse(100))
                .isPresent();
    }

    private static Set<String> lock(LockEntity lock) {
        return Set.copyOf(List.of(
                lock.stateLocked().orElse("LOCKED"),
                lock.stateUnlocked().orElse("UNLOCKED"),
                lock.stateLocking().orElse("LOCKING"),
                lock.stateUnlocking().orElse("UNLOCKING"),
                lock.stateOpen().orElse("OPEN"),
                lock.stateOpening().orElse("OPENING"),
                lock.stateJammed().orElse("JAMMED")));
    }
}
