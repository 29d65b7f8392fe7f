package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import io.alicia.mqtt.homeassistant.component.HvacMode;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownAndUnknownStatesTest {

    private static final TopicName SET = TopicName.of("x/set");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

    @Test
    void a_fan_says_of_each_thing_that_it_is_not_known() {
        EntityMessages fan = EntityMessages.of(FanEntity.builder()
                .commandTopic(SET)
                .stateTopic(TopicFilter.of("x/state"))
                .percentageCommandTopic(TopicName.of("x/speed/set"))
                .percentageStateTopic(TopicFilter.of("x/speed"))
                .presetModeCommandTopic(TopicName.of("x/preset/set"))
                .presetModeStateTopic(TopicFilter.of("x/preset"))
                .presetModes(List.of("eco", "breeze"))
                .payloadResetPresetMode("?")
                .build());
        FanState running = FanState.builder().on(true).speed(40).preset("eco").build();

        EntityState afterState = heard(fan, running, "x/state", "None");
        EntityState afterSpeed = heard(fan, afterState, "x/speed", "None");
        EntityState afterPreset = heard(fan, afterSpeed, "x/preset", "?");

        assertThat(afterState)
                .isEqualTo(FanState.builder()
                        .speed(40)
                        .preset("eco")
                        .addUnknown(FanState.Part.ON)
                        .build());
        assertThat(afterPreset)
                .isEqualTo(FanState.builder().addUnknown(FanState.Part.values()).build());
        assertThat(heard(fan, afterPreset, "x/speed", "7"))
                .isEqualTo(FanState.builder()
                        .speed(7)
                        .addUnknown(FanState.Part.ON, FanState.Part.PRESET)
                        .build());
        assertThat(read(fan, "x/preset", "None"))
                .as("not its reset payload, and no preset")
                .isEmpty();
        assertThat(read(fan, "x/preset", "storm")).isEmpty();
        assertThat(fan.writeState(afterPreset))
                .containsExactly(
                        new EntityMessage(TopicName.of("x/state"), "None"),
                        new EntityMessage(TopicName.of("x/speed"), "None"),
                        new EntityMessage(TopicName.of("x/preset"), "?"));
        assertThat(fan.writeState(running)).extracting(EntityMessage::payload).containsExactly("ON", "40", "eco");
    }

    @Test
    void a_humidifier_says_of_each_thing_that_it_is_not_known() {
        EntityMessages humidifier = EntityMessages.of(HumidifierEntity.builder()
                .commandTopic(SET)
                .stateTopic(TopicFilter.of("x/state"))
                .targetHumidityCommandTopic(TopicName.of("x/target/set"))
                .targetHumidityStateTopic(TopicFilter.of("x/target"))
                .currentHumidityTopic(TopicFilter.of("x/current"))
                .modeCommandTopic(TopicName.of("x/mode/set"))
                .modeStateTopic(TopicFilter.of("x/mode"))
                .actionTopic(TopicFilter.of("x/action"))
                .modes(List.of("auto"))
                .build());
        HumidifierState running = HumidifierState.builder()
                .on(true)
                .humidityPercent(45)
                .currentHumidityPercent(40.5)
                .mode("auto")
                .action("humidifying")
                .build();

        EntityState forgotten = running;
        for (String topic : List.of("x/state", "x/target", "x/current", "x/mode")) {
            forgotten = heard(humidifier, forgotten, topic, "None");
        }

        assertThat(forgotten)
                .isEqualTo(HumidifierState.builder()
                        .action("humidifying")
                        .addUnknown(HumidifierState.Part.values())
                        .build());
        assertThat(heard(humidifier, forgotten, "x/state", "OFF"))
                .isInstanceOfSatisfying(HumidifierState.class, state -> {
                    assertThat(state.on()).contains(false);
                    assertThat(state.unknown()).doesNotContain(HumidifierState.Part.ON);
                });
        assertThat(read(humidifier, "x/action", "None")).as("nothing is said").isEmpty();
        assertThat(read(humidifier, "x/action", "exploding")).isEmpty();
        assertThat(read(humidifier, "x/mode", "party")).isEmpty();
        assertThat(humidifier.writeState(forgotten))
                .extracting(EntityMessage::payload)
                .containsExactly("None", "humidifying", "None", "None", "None");
    }

    @Test
    void a_climate_device_says_of_each_thing_that_it_is_not_known() {
        EntityMessages climate = EntityMessages.of(ClimateEntity.builder()
                .modeStateTopic(TopicFilter.of("x/mode"))
                .temperatureStateTopic(TopicFilter.of("x/target"))
                .temperatureLowStateTopic(TopicFilter.of("x/low"))
                .temperatureHighStateTopic(TopicFilter.of("x/high"))
                .currentTemperatureTopic(TopicFilter.of("x/current"))
                .targetHumidityCommandTopic(SET)
                .targetHumidityStateTopic(TopicFilter.of("x/humidity"))
                .currentHumidityTopic(TopicFilter.of("x/current/humidity"))
                .actionTopic(TopicFilter.of("x/action"))
                .fanModeStateTopic(TopicFilter.of("x/fan"))
                .swingModeStateTopic(TopicFilter.of("x/swing"))
                .swingHorizontalModeStateTopic(TopicFilter.of("x/swing/horizontal"))
                .build());
        ClimateState heating = ClimateState.builder()
                .mode(HvacMode.HEAT)
                .action("heating")
                .fanMode("low")
                .swingMode("on")
                .horizontalSwingMode("off")
                .temperature(21)
                .lowTemperature(18)
                .highTemperature(24)
                .currentTemperature(19.5)
                .humidityPercent(50)
                .currentHumidityPercent(45)
                .build();

        EntityState forgotten = heating;
        for (String topic : List.of(
                "x/target",
                "x/low",
                "x/high",
                "x/current",
                "x/humidity",
                "x/current/humidity",
                "x/action",
                "x/fan",
                "x/swing",
                "x/swing/horizontal")) {
            forgotten = heard(climate, forgotten, topic, "None");
        }

        assertThat(forgotten)
                .isEqualTo(ClimateState.builder()
                        .mode(HvacMode.HEAT)
                        .addUnknown(ClimateState.Part.values())
                        .build());
        assertThat(heard(climate, forgotten, "x/current", "20")).isInstanceOfSatisfying(ClimateState.class, state -> {
            assertThat(state.currentTemperature()).hasValue(20);
            assertThat(state.unknown()).hasSize(9).doesNotContain(ClimateState.Part.CURRENT_TEMPERATURE);
        });
        assertThat(heard(climate, forgotten, "x/fan", "high")).isInstanceOfSatisfying(ClimateState.class, state -> {
            assertThat(state.fanMode()).contains("high");
            assertThat(state.unknown()).doesNotContain(ClimateState.Part.FAN_MODE);
        });
        assertThat(climate.writeState(forgotten))
                .extracting(EntityMessage::payload)
                .containsExactly(
                        "heat", "None", "None", "None", "None", "None", "None", "None", "None", "None", "None");
        assertThat(read(climate, "x/current", "warm")).isEmpty();
    }

    @Test
    void a_water_heater_says_of_each_temperature_that_it_is_not_known() {
        EntityMessages heater = EntityMessages.of(WaterHeaterEntity.builder()
                .temperatureStateTopic(TopicFilter.of("x/target"))
                .currentTemperatureTopic(TopicFilter.of("x/current"))
                .build());
        EntityState hot = WaterHeaterState.builder()
                .temperature(60)
                .currentTemperature(55)
                .build();

        EntityState forgotten = heard(heater, heard(heater, hot, "x/target", "None"), "x/current", "None");

        assertThat(forgotten)
                .isEqualTo(WaterHeaterState.builder()
                        .addUnknown(WaterHeaterState.Part.values())
                        .build());
        assertThat(heard(heater, forgotten, "x/target", "50"))
                .isEqualTo(WaterHeaterState.builder()
                        .temperature(50)
                        .addUnknown(WaterHeaterState.Part.CURRENT_TEMPERATURE)
                        .build());
    }

    @Test
    void that_nothing_is_known_is_said_where_home_assistant_has_a_payload_for_it() {
        EntityState.Unknown unknown = new EntityState.Unknown();
        TopicFilter state = TopicFilter.of("x/state");

        assertThat(List.of(
                        ClimateEntity.builder().modeStateTopic(state).build(),
                        WaterHeaterEntity.builder().modeStateTopic(state).build(),
                        FanEntity.builder().commandTopic(SET).stateTopic(state).build(),
                        HumidifierEntity.builder()
                                .commandTopic(SET)
                                .targetHumidityCommandTopic(SET)
                                .stateTopic(state)
                                .build()))
                .allSatisfy(component -> assertThat(EntityMessages.of(component).writeState(unknown))
                        .containsExactly(new EntityMessage(TopicName.of("x/state"), "None")));
        EntityMessages vacuum = EntityMessages.of(
                VacuumEntity.builder().stateTopic(TopicName.of("x/state")).build());
        assertThat(vacuum.writeState(unknown))
                .containsExactly(new EntityMessage(TopicName.of("x/state"), "{\"state\":null}"));
        assertThat(vacuum.writeState(vacuum.completed(
                        unknown, VacuumState.builder().fanSpeed("max").build())))
                .extracting(EntityMessage::payload)
                .containsExactly("{\"state\":null,\"fan_speed\":\"max\"}");
        assertThat(List.of(
                        TextEntity.builder().commandTopic(SET).stateTopic(state).build(),
                        UpdateEntity.builder().stateTopic(state).build()))
                .allSatisfy(component -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> EntityMessages.of(component).writeState(unknown))
                        .withMessage(component.variant()
                                + ": Home Assistant knows no payload that says that its state is not known"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-13, 2026-09-13",
        "20260913, 2026-09-13",
        "2026-09-13T23:59:00-11:00, 2026-09-13",
        "2026-9-3 7:05, 2026-09-03",
    })
    void a_date_of_a_sensor_is_a_date(String payload, LocalDate date) {
        assertThat(read(sensor(SensorDeviceClass.DATE), "x/state", payload)).containsExactly(EntityState.of(date));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-13T08:30:05.250+02:00, 2026-09-13T06:30:05.250Z",
        "2026-09-13 08:30Z, 2026-09-13T08:30:00Z",
        "20260913T083005-0130, 2026-09-13T10:00:05Z",
        "2026-09-13T08:30:05.1234567+00, 2026-09-13T08:30:05.123456Z",
    })
    void a_timestamp_of_a_sensor_is_a_time(String payload, Instant instant) {
        assertThat(read(sensor(SensorDeviceClass.TIMESTAMP), "x/state", payload))
                .singleElement()
                .isInstanceOfSatisfying(
                        EntityState.Timestamp.class,
                        said -> assertThat(said.instant()).isEqualTo(instant));
    }

    @Test
    void what_is_no_date_or_time_is_unknown_for_a_reason() {
        EntityMessages date = sensor(SensorDeviceClass.DATE);
        EntityMessages timestamp = sensor(SensorDeviceClass.TIMESTAMP);

        assertThat(read(date, "x/state", "tomorrow")).containsExactly(unknown("\"tomorrow\" is no date"));
        assertThat(read(date, "x/state", "2026-02-30")).containsExactly(unknown("\"2026-02-30\" is no date"));
        assertThat(read(date, "x/state", "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(timestamp, "x/state", "")).containsExactly(unknown("\"\" is no time"));
        assertThat(read(timestamp, "x/state", "2026-09-13T08:30:00"))
                .containsExactly(
                        unknown("\"2026-09-13T08:30:00\" is a time without the offset that a timestamp needs"));
    }

    @Test
    void dates_and_times_are_written_as_they_are_read() {
        OffsetDateTime time = OffsetDateTime.parse("2026-09-13T08:30:05.25+02:00");

        assertThat(sensor(SensorDeviceClass.DATE).writeState(EntityState.of(LocalDate.of(2026, 9, 13))))
                .extracting(EntityMessage::payload)
                .containsExactly("2026-09-13");
        EntityMessages timestamp = sensor(SensorDeviceClass.TIMESTAMP);
        assertThat(read(
                        timestamp,
                        "x/state",
                        timestamp.writeState(EntityState.of(time)).get(0).payload()))
                .containsExactly(EntityState.of(time));
    }

    @Test
    void a_vacuum_cleaner_says_in_one_object_what_it_is() {
        EntityMessages vacuum = EntityMessages.of(
                VacuumEntity.builder().stateTopic(TopicName.of("x/state")).build());
        VacuumState cleaning = VacuumState.builder()
                .activity(VacuumActivity.CLEANING)
                .batteryPercent(61)
                .fanSpeed("max")
                .build();

        assertThat(read(vacuum, "x/state", "{\"state\":\"cleaning\",\"battery_level\":61,\"fan_speed\":\"max\"}"))
                .containsExactly(cleaning);
        assertThat(heard(vacuum, cleaning, "x/state", "{\"fan_speed\":\"min\",\"segments\":{\"1\":\"Hall\"}}"))
                .isInstanceOfSatisfying(VacuumState.class, state -> {
                    assertThat(state.activity()).contains(VacuumActivity.CLEANING);
                    assertThat(state.batteryPercent()).hasValue(61);
                    assertThat(state.fanSpeed()).contains("min");
                    assertThat(state.other()).hasToString("{\"segments\":{\"1\":\"Hall\"}}");
                });
        assertThat(heard(vacuum, cleaning, "x/state", "{\"state\":null}"))
                .isInstanceOfSatisfying(
                        VacuumState.class, state -> assertThat(state.activity()).contains(VacuumActivity.UNKNOWN));
        assertThat(read(vacuum, "x/state", "{\"state\":\"dancing\"}"))
                .containsExactly(VacuumState.builder()
                        .other(JsonObject.builder().put("state", "dancing").build())
                        .build());
        assertThat(read(vacuum, "x/state", "cleaning")).as("no object").isEmpty();
        assertThat(vacuum.writeState(cleaning))
                .containsExactly(new EntityMessage(
                        TopicName.of("x/state"),
                        "{\"state\":\"cleaning\",\"battery_level\":61,\"fan_speed\":\"max\"}"));
        assertThat(read(
                        vacuum,
                        "x/state",
                        vacuum.writeState(VacuumState.builder()
                                        .activity(VacuumActivity.UNKNOWN)
                                        .build())
                                .get(0)
                                .payload()))
                .containsExactly(
                        VacuumState.builder().activity(VacuumActivity.UNKNOWN).build());
    }

    private static EntityState unknown(String reason) {
        return new EntityState.Unknown(Optional.of(reason));
    }

    private static EntityMessages sensor(SensorDeviceClass deviceClass) {
        return EntityMessages.of(SensorEntity.builder()
                .stateTopic(TopicFilter.of("x/state"))
                .deviceClass(deviceClass)
                .build());
    }

    private static List<EntityState> read(EntityMessages messages, String topic, String payload) {
        return messages.readState(TopicName.of(topic), payload, JINJA);
    }

    /** What is known after a message, as whoever uses the entity puts it together. */
    private static EntityState heard(EntityMessages messages, EntityState before, String topic, String payload) {
        List<EntityState> states = read(messages, topic, payload);
        assertThat(states).hasSize(1);
        return states.get(0).after(before);
    }
}
