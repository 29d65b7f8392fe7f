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
import io.alicia.mqtt.homeassistant.component.TagScanner;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.TimeEntity;
import io.alicia.mqtt.homeassistant.facts.DeviceClassFacts;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Home Assistant takes for the state of a component whose state is one text: the payload that says that the state is
 * not known, and which others there can be.
 *
 * @param unknown the payload that says so, if the component has one
 * @param reader the state that another payload is, if it is one
 * @param words the payloads that stand for something else than their text
 * @param expected why any other payload is none
 * @param zone the zone in which times are, if they are without their offsets
 */
record TextStates(
        Optional<String> unknown,
        Function<String, Optional<EntityState>> reader,
        Map<String, EntityState> words,
        String expected,
        Optional<ZoneId> zone) {

    /** Where there is no more to say of it. */
    static final String NO_OTHER = "it is none of its states";

    private static final String NONE = "None";
    private static final String HOME = "home";
    private static final String NOT_HOME = "not_home";
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

    private TextStates(
            Optional<String> unknown,
            Function<String, Optional<EntityState>> reader,
            Map<String, EntityState> words,
            String expected) {
        this(unknown, reader, words, expected, Optional.empty());
    }

    private TextStates expecting(String other) {
        return new TextStates(unknown, reader, words, other, zone);
    }

    private static TextStates texts(String unknown, Predicate<String> takes) {
        return texts(Optional.of(unknown), takes);
    }

    private static TextStates texts(Optional<String> unknown, Predicate<String> takes) {
        return new TextStates(
                unknown,
                payload -> takes.test(payload) ? Optional.of(new EntityState.Text(payload)) : Optional.empty(),
                Map.of(),
                NO_OTHER);
    }

    private static TextStates words(
            String unknown, Map<String, EntityState> words, Function<String, Optional<EntityState>> others) {
        return new TextStates(
                Optional.of(unknown),
                payload -> Optional.ofNullable(words.get(payload)).or(() -> others.apply(payload)),
                words,
                "it is none of " + String.join(", ", words.keySet()));
    }

    private static TextStates dated(Function<String, Optional<EntityState>> reader, String expected) {
        return new TextStates(Optional.of(NONE), reader, Map.of(), expected);
    }

    static TextStates of(Component component) {
        if (component instanceof SensorEntity sensor) {
            return sensor.deviceClass()
                    .flatMap(known -> Optional.ofNullable(DATED.get(known)))
                    .map(reader -> dated(reader, NO_OTHER))
                    .orElseGet(() -> texts(NONE, sensor(sensor)).expecting(expected(sensor)));
        }
        if (component instanceof NumberEntity number) {
            return texts(number.payloadReset().orElse(NONE), payload -> isWithin(number, payload))
                    .expecting("it is no number from "
                            + Channels.plain(number.min().orElse(0)) + " to "
                            + Channels.plain(number.max().orElse(100)));
        }
        if (component instanceof LockEntity lock) {
            return words(lock.payloadReset().orElse(NONE), lock(lock), text -> Optional.empty());
        }
        if (component instanceof DeviceTrackerEntity tracker) {
            return words(
                            tracker.payloadReset().orElse(NONE),
                            places(tracker),
                            place -> place.isBlank() ? Optional.empty() : Optional.of(new EntityState.Text(place)))
                    .expecting("it is blank");
        }
        if (component instanceof TextEntity text) {
            Optional<PythonPattern> pattern = text.pattern().map(PythonPattern::of);
            return texts(
                            Optional.empty(),
                            payload -> isTextOf(text, payload)
                                    && pattern.filter(wanted -> !wanted.holds(payload))
                                            .isEmpty())
                    .expecting("it does not have the length or the pattern that it has to have");
        }
        if (component instanceof TagScanner) {
            return new TextStates(
                    Optional.empty(),
                    payload ->
                            payload.isBlank() ? Optional.empty() : Optional.of(new EntityState.Text(payload.strip())),
                    Map.of(),
                    "it is blank");
        }
        if (component instanceof SelectEntity select) {
            return texts(NONE, select.options()::contains).expecting(noneOf(select.options()));
        }
        if (component instanceof AlarmControlPanelEntity) {
            return texts(NONE, ALARM::contains).expecting(noneOf(new TreeSet<>(ALARM)));
        }
        if (component instanceof LawnMowerEntity) {
            return new TextStates(
                    Optional.of("none"),
                    // A template prints what is null as None.
                    payload -> payload.equalsIgnoreCase(NONE)
                            ? Optional.of(new EntityState.Unknown())
                            : Optional.of(payload).filter(MOWING::contains).map(EntityState::of),
                    Map.of(),
                    noneOf(new TreeSet<>(MOWING)));
        }
        if (component instanceof DateTimeEntity moment) {
            return new TextStates(
                    Optional.of(NONE),
                    payload -> DateTexts.momentThatWasSet(payload, moment.timezone()),
                    Map.of(),
                    moment.timezone()
                            .map(zone -> "it is no time in " + zone + " without an offset")
                            .orElse("it is no time with its offset"),
                    moment.timezone().flatMap(DateTexts::zone));
        }
        if (component instanceof DateEntity) {
            return dated(DateTexts::dateThatWasSet, "it is no date");
        }
        return component instanceof TimeEntity
                ? dated(DateTexts::timeThatWasSet, "it is no time of day")
                : texts(Optional.empty(), payload -> true);
    }

    /** The state that a payload says, or empty if it says none. */
    Optional<EntityState> read(String payload) {
        if (!words.containsKey(payload) && unknown.filter(payload::equals).isPresent()) {
            return Optional.of(new EntityState.Unknown());
        }
        return reader.apply(payload);
    }

    Optional<String> write(EntityState state) {
        Optional<String> word = words.entrySet().stream()
                .filter(known -> known.getValue().equals(state))
                .map(Map.Entry::getKey)
                .findFirst();
        if (word.isPresent()) {
            return word;
        }
        if (state instanceof EntityState.Date said) {
            return Optional.of(said.date().toString());
        }
        if (state instanceof EntityState.Time said) {
            return Optional.of(PythonTimes.text(said.time()));
        }
        if (state instanceof EntityState.Timestamp said) {
            return Optional.of(zone.map(there -> PythonTimes.text(
                            said.time().atZoneSameInstant(there).toLocalDateTime()))
                    .orElseGet(() -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(said.time())));
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

    private static String expected(SensorEntity sensor) {
        if (isNumeric(sensor)) {
            return "it is no number";
        }
        List<String> options = sensor.options();
        return options == null || options.isEmpty() ? "it has more than " + LONGEST + " characters" : noneOf(options);
    }

    private static String noneOf(Collection<String> words) {
        return "it is none of " + String.join(", ", words);
    }

    private static boolean isWithin(NumberEntity number, String payload) {
        return Channels.decimal(payload)
                .map(BigDecimal::doubleValue)
                .filter(value ->
                        value >= number.min().orElse(0) && value <= number.max().orElse(100))
                .isPresent();
    }

    /** As long as it has to be, counted as Python does. */
    private static boolean isTextOf(TextEntity text, String payload) {
        int length = payload.codePointCount(0, payload.length());
        return length >= Math.max(0, text.min().orElse(0))
                && length <= Math.min(LONGEST, text.max().orElse(LONGEST));
    }

    private static Map<String, EntityState> places(DeviceTrackerEntity tracker) {
        return Channels.onOff(
                tracker.payloadHome().orElse(HOME),
                EntityState.of(HOME),
                tracker.payloadNotHome().orElse(NOT_HOME),
                EntityState.of(NOT_HOME));
    }

    private static Map<String, EntityState> lock(LockEntity lock) {
        Map<String, EntityState> words = new LinkedHashMap<>();
        words.put(lock.stateLocked().orElse("LOCKED"), LockState.LOCKED);
        words.putIfAbsent(lock.stateUnlocked().orElse("UNLOCKED"), LockState.UNLOCKED);
        words.putIfAbsent(lock.stateLocking().orElse("LOCKING"), LockState.LOCKING);
        words.putIfAbsent(lock.stateUnlocking().orElse("UNLOCKING"), LockState.UNLOCKING);
        words.putIfAbsent(lock.stateOpen().orElse("OPEN"), LockState.OPEN);
        words.putIfAbsent(lock.stateOpening().orElse("OPENING"), LockState.OPENING);
        words.putIfAbsent(lock.stateJammed().orElse("JAMMED"), LockState.JAMMED);
        return words;
    }
}
