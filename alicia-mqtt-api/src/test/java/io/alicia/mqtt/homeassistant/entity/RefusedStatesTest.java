package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.DateEntity;
import io.alicia.mqtt.homeassistant.component.DateTimeEntity;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceTrackerEntity;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.HumidifierEntity;
import io.alicia.mqtt.homeassistant.component.LawnMowerEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.TagScanner;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.TimeEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.component.WaterHeaterMode;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Home Assistant would pass over is no state, whoever reads it, and is not published. */
class RefusedStatesTest {

    private static final TopicName TOPIC = TopicName.of("x/state");
    private static final TopicFilter STATE = TopicFilter.of("x/state");
    private static final TopicName SET = TopicName.of("x/set");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

    @ParameterizedTest
    @ValueSource(strings = {"turbo", ""})
    void a_climate_device_has_the_modes_that_it_announces_or_home_assistants(String word) {
        EntityMessages fan =
                climate(ClimateEntity.builder().fanModeStateTopic(STATE).fanModes(List.of("slow")));
        EntityMessages swing = climate(ClimateEntity.builder().swingModeStateTopic(STATE));
        EntityMessages horizontal = climate(ClimateEntity.builder().swingHorizontalModeStateTopic(STATE));

        assertThat(read(fan, word)).isEmpty();
        assertThat(read(fan, "slow"))
                .containsExactly(ClimateState.builder().fanMode("slow").build());
        assertThat(read(swing, word)).isEmpty();
        assertThat(read(swing, "on"))
                .containsExactly(ClimateState.builder().swingMode("on").build());
        assertThat(read(horizontal, word)).isEmpty();
        assertThat(read(horizontal, "off"))
                .containsExactly(
                        ClimateState.builder().horizontalSwingMode("off").build());
    }

    @Test
    void a_climate_device_has_no_preset_by_two_words() {
        EntityMessages climate = climate(ClimateEntity.builder()
                .presetModeCommandTopic(SET)
                .presetModeStateTopic(STATE)
                .presetModes(List.of("eco")));
        ClimateState none = ClimateState.builder().preset("none").build();

        assertThat(read(climate, "eco"))
                .containsExactly(ClimateState.builder().preset("eco").build());
        assertThat(read(climate, "none")).containsExactly(none);
        assertThat(read(climate, "None")).containsExactly(none);
        assertThat(read(climate, "boost")).isEmpty();
        assertThat(read(climate, "")).isEmpty();
    }

    @Test
    void a_water_heater_has_the_modes_that_it_announces() {
        EntityMessages heater = EntityMessages.of(WaterHeaterEntity.builder()
                .modeStateTopic(STATE)
                .modes(List.of(WaterHeaterMode.OFF, WaterHeaterMode.ECO))
                .build());

        assertThat(read(heater, "gas")).isEmpty();
        assertThat(read(heater, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(heater, "eco"))
                .containsExactly(
                        WaterHeaterState.builder().mode(WaterHeaterMode.ECO).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-1", "2.5", "fast"})
    void a_fan_has_the_speeds_of_its_range(String word) {
        EntityMessages fan = EntityMessages.of(FanEntity.builder()
                .commandTopic(SET)
                .percentageCommandTopic(TopicName.of("x/speed"))
                .percentageStateTopic(STATE)
                .speedRangeMax(3)
                .build());

        assertThat(read(fan, word)).isEmpty();
        assertThat(read(fan, "0")).containsExactly(FanState.builder().speed(0).build());
        assertThat(read(fan, "3")).containsExactly(FanState.builder().speed(3).build());
    }

    @Test
    void a_humidity_is_within_its_range() {
        HumidifierEntity.Builder builder = HumidifierEntity.builder()
                .commandTopic(SET)
                .targetHumidityCommandTopic(TopicName.of("x/target/set"))
                .targetHumidityStateTopic(STATE)
                .currentHumidityTopic(TopicFilter.of("x/current"));
        EntityMessages any = EntityMessages.of(builder.build());
        EntityMessages some =
                EntityMessages.of(builder.minHumidity(30).maxHumidity(80).build());
        TopicName current = TopicName.of("x/current");

        assertThat(read(any, "150")).isEmpty();
        assertThat(read(any, "-1")).isEmpty();
        assertThat(read(any, "100.4"))
                .as("it is rounded first")
                .containsExactly(
                        HumidifierState.builder().humidityPercent(100.4).build());
        assertThat(read(some, "29")).isEmpty();
        assertThat(read(some, "81")).isEmpty();
        assertThat(read(some, "30"))
                .containsExactly(HumidifierState.builder().humidityPercent(30).build());
        assertThat(some.readState(current, "101", JINJA)).isEmpty();
        assertThat(some.readState(current, "5", JINJA))
                .as("the range is that of the target alone")
                .containsExactly(
                        HumidifierState.builder().currentHumidityPercent(5).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "tomorrow"})
    void a_date_or_a_time_is_no_other_text(String word) {
        for (Component dated : List.of(
                DateEntity.builder().commandTopic(SET).stateTopic(STATE).build(),
                TimeEntity.builder().commandTopic(SET).stateTopic(STATE).build(),
                DateTimeEntity.builder().commandTopic(SET).stateTopic(STATE).build())) {
            EntityMessages messages = EntityMessages.of(dated);

            assertThat(read(messages, word)).as(dated.variant()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> messages.writeState(EntityState.of(word)))
                    .withMessageContaining("Home Assistant would not take");
            assertThat(read(messages, "None")).containsExactly(new EntityState.Unknown());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-30", "2025-02-29", "2026-2-30T10:00+01:00", "20260230", "2026-13-01", "0000-01-01"})
    void a_date_is_one_of_the_calendar(String day) {
        for (Component dated : List.of(
                DateEntity.builder().commandTopic(SET).stateTopic(STATE).build(),
                DateTimeEntity.builder().commandTopic(SET).stateTopic(STATE).build())) {
            EntityMessages messages = EntityMessages.of(dated);

            assertThat(read(messages, day)).as(dated.variant()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> messages.writeState(EntityState.of(day)))
                    .withMessageContaining("Home Assistant would not take \"" + day + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00", "10:60", "10:00:60", "25:00:00", "2026-02-20T24:00:00+00:00"})
    void a_time_is_one_of_the_clock(String time) {
        for (Component timed : List.of(
                TimeEntity.builder().commandTopic(SET).stateTopic(STATE).build(),
                DateTimeEntity.builder().commandTopic(SET).stateTopic(STATE).build())) {
            assertThat(read(EntityMessages.of(timed), time)).as(timed.variant()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"13 September 2026", "Monday", "13.9.2026"})
    void a_date_may_be_said_in_many_ways(String date) {
        EntityMessages messages = EntityMessages.of(
                DateEntity.builder().commandTopic(SET).stateTopic(STATE).build());

        assertThat(read(messages, date)).containsExactly(EntityState.of(date));
    }

    @Test
    void a_moment_has_an_offset_where_no_time_zone_was_announced_and_none_where_one_was() {
        DateTimeEntity.Builder builder =
                DateTimeEntity.builder().commandTopic(SET).stateTopic(STATE);
        EntityMessages anywhere = EntityMessages.of(builder.build());
        EntityMessages berlin =
                EntityMessages.of(builder.timezone("Europe/Berlin").build());

        assertThat(read(anywhere, "2026-01-01T10:00:00")).isEmpty();
        assertThat(read(anywhere, "2026-01-01T10:00:00+01:00")).hasSize(1);
        assertThat(read(berlin, "2026-01-01T10:00:00")).hasSize(1);
        assertThat(read(berlin, "2026-01-01T10:00:00Z")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> anywhere.writeState(EntityState.of("2026-01-01 10:00")));
    }

    @Test
    void a_text_has_its_length_and_its_pattern() {
        EntityMessages text = EntityMessages.of(TextEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .min(2)
                .max(4)
                .pattern("(?P<first>[a-z])(?P=first)")
                .build());

        assertThat(read(text, "aab")).containsExactly(EntityState.of("aab"));
        assertThat(read(text, "ab")).as("the pattern").isEmpty();
        assertThat(read(text, "a")).as("too short").isEmpty();
        assertThat(read(text, "aabbc")).as("too long").isEmpty();
    }

    @Test
    void nobody_waits_for_a_pattern_that_never_ends() {
        EntityMessages text = EntityMessages.of(TextEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .pattern("(a)(a|aa)+\\1$")
                .build());

        assertThat(read(text, "a".repeat(200) + "b")).hasSize(1);
    }

    @Test
    void a_tag_is_what_is_not_blank() {
        EntityMessages tag = EntityMessages.of(TagScanner.builder()
                .topic(STATE)
                .device(Device.builder().addIdentifiers("reader").build())
                .build());

        assertThat(read(tag, " 04-AB ")).containsExactly(EntityState.of("04-AB"));
        assertThat(read(tag, "  ")).isEmpty();
    }

    @Test
    void a_cover_that_does_not_know_is_unknown_and_a_tilt_out_of_its_range_none() {
        EntityMessages cover = EntityMessages.of(CoverEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .positionTopic(TopicFilter.of("x/position"))
                .positionOpen(255)
                .tiltCommandTopic(TopicName.of("x/tilt/set"))
                .tiltStatusTopic(TopicFilter.of("x/tilt"))
                .tiltMax(50)
                .build());

        assertThat(read(cover, "None")).containsExactly(new EntityState.Unknown());
        assertThat(cover.readState(TopicName.of("x/position"), "254", JINJA))
                .as("rounded down: not quite open")
                .containsExactly(CoverState.builder().percentOpen(99).build());
        assertThat(cover.readState(TopicName.of("x/tilt"), "25", JINJA))
                .containsExactly(CoverState.builder().tiltPercent(50).build());
        assertThat(cover.readState(TopicName.of("x/tilt"), "51", JINJA)).isEmpty();
    }

    @Test
    void a_lock_is_one_of_its_states_whatever_the_words_are() {
        EntityMessages lock = EntityMessages.of(LockEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .stateLocked("zu")
                .build());

        assertThat(read(lock, "zu")).containsExactly(LockState.LOCKED);
        assertThat(read(lock, "LOCKED")).isEmpty();
        assertThat(lock.writeState(LockState.LOCKED)).containsExactly(new EntityMessage(TOPIC, "zu"));
        assertThat(lock.writeState(LockState.OPENING)).containsExactly(new EntityMessage(TOPIC, "OPENING"));
    }

    @Test
    void a_tracker_is_at_a_place_or_a_position() {
        EntityMessages tracker = EntityMessages.of(DeviceTrackerEntity.builder()
                .stateTopic(STATE)
                .payloadHome("yes")
                .payloadNotHome("no")
                .build());
        EntityMessages gps = EntityMessages.of(
                DeviceTrackerEntity.builder().jsonAttributesTopic(STATE).build());

        assertThat(read(tracker, "yes")).containsExactly(EntityState.of("home"));
        assertThat(read(tracker, "no")).containsExactly(EntityState.of("not_home"));
        assertThat(read(tracker, "work")).containsExactly(EntityState.of("work"));
        assertThat(tracker.writeState(EntityState.of("home"))).containsExactly(new EntityMessage(TOPIC, "yes"));
        assertThat(read(gps, "{\"latitude\":52.5,\"longitude\":13.4,\"gps_accuracy\":3,\"battery\":9}"))
                .containsExactly(new EntityState.Position(52.5, 13.4, 3));
        assertThat(gps.read(TOPIC, "{\"battery\":9}", JINJA))
                .as("attributes and nothing else")
                .isEqualTo(new StateReading(List.of(), List.of()));
        assertThat(gps.readAttributes("{\"battery\":9}", JINJA)).hasToString("{\"battery\":9}");
    }

    @Test
    void what_home_assistant_would_not_take_is_not_published() {
        EntityMessages lock = EntityMessages.of(
                LockEntity.builder().commandTopic(SET).stateTopic(STATE).build());
        EntityMessages select = EntityMessages.of(SelectEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .options(List.of("a"))
                .build());
        EntityMessages number = EntityMessages.of(
                SensorEntity.builder().stateTopic(STATE).unitOfMeasurement("W").build());

        EntityMessages range = EntityMessages.of(NumberEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .max(10)
                .build());
        EntityMessages words = EntityMessages.of(SensorEntity.builder()
                .stateTopic(STATE)
                .options(List.of("dry", "wet"))
                .deviceClass(SensorDeviceClass.ENUM)
                .build());
        EntityMessages text =
                EntityMessages.of(SensorEntity.builder().stateTopic(STATE).build());
        EntityMessages bell = EntityMessages.of(EventEntity.builder()
                .stateTopic(STATE)
                .eventTypes(List.of("ring", "knock"))
                .build());

        refused(
                lock,
                EntityState.of("nonsense"),
                "it is none of LOCKED, UNLOCKED, LOCKING, UNLOCKING, OPEN, OPENING, JAMMED");
        refused(select, EntityState.of("nonsense"), "it is none of a");
        refused(number, EntityState.of("nonsense"), "it is no number");
        refused(range, EntityState.of(50), "it is no number from 0 to 10");
        refused(words, EntityState.of("moist"), "it is none of dry, wet");
        refused(text, EntityState.of("x".repeat(300)), "it has more than 255 characters");
        refused(
                bell,
                new EntityState.Event("nope", JsonObject.empty()),
                "it is no object with an event_type that is one of ring, knock");
        assertThat(select.writeState(EntityState.of("a"))).hasSize(1);
        assertThat(number.writeState(EntityState.of(1.5))).hasSize(1);
        assertThat(Optional.of(lock.writeState(EntityState.of("LOCKED"))))
                .as("the word as it stands on the wire")
                .hasValueSatisfying(written -> assertThat(written).hasSize(1));
    }

    private static void refused(EntityMessages messages, EntityState state, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> messages.writeState(state))
                .withMessageContaining("Home Assistant would not take")
                .withMessageEndingWith(" on x/state: " + reason);
    }

    @Test
    void a_number_that_is_none_cannot_be_said() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EntityState.of(number))
                    .withMessage(
                            "a state cannot be " + number + "; that it is not known is said by EntityState.Unknown");
        }
    }

    @Test
    void a_date_and_a_time_come_back_as_what_they_were_said_as() {
        EntityMessages date = EntityMessages.of(
                DateEntity.builder().commandTopic(SET).stateTopic(STATE).build());
        EntityMessages time = EntityMessages.of(
                TimeEntity.builder().commandTopic(SET).stateTopic(STATE).build());
        EntityMessages moment = EntityMessages.of(
                DateTimeEntity.builder().commandTopic(SET).stateTopic(STATE).build());
        EntityMessages berlin = EntityMessages.of(DateTimeEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .timezone("Europe/Berlin")
                .build());

        comesBack(date, EntityState.of(LocalDate.of(2026, 1, 2)), "2026-01-02");
        comesBack(time, EntityState.of(LocalTime.of(7, 30)), "07:30:00");
        comesBack(
                moment,
                EntityState.of(OffsetDateTime.of(2026, 1, 1, 10, 0, 0, 0, ZoneOffset.UTC)),
                "2026-01-01T10:00:00Z");
        comesBack(
                berlin,
                EntityState.of(OffsetDateTime.of(2026, 7, 1, 10, 0, 0, 0, ZoneOffset.ofHours(2))),
                "2026-07-01T10:00:00");
        assertThat(berlin.writeState(EntityState.of(OffsetDateTime.of(2026, 7, 1, 8, 0, 0, 0, ZoneOffset.UTC))))
                .as("the same moment, as it is said there")
                .containsExactly(new EntityMessage(TOPIC, "2026-07-01T10:00:00"));
        assertThat(read(date, "2026-01-02T10:00")).containsExactly(EntityState.of(LocalDate.of(2026, 1, 2)));
        assertThat(read(time, "10 o'clock")).containsExactly(EntityState.of("10 o'clock"));
    }

    private static void comesBack(EntityMessages messages, EntityState state, String payload) {
        assertThat(messages.writeState(state)).containsExactly(new EntityMessage(TOPIC, payload));
        assertThat(read(messages, payload)).containsExactly(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"installed_version\":\"2\",\"update_percentage\":120}",
                "{\"installed_version\":null}",
                "{\"installed_version\":\"2\",\"in_progress\":\"perhaps\"}",
                "{\"installed_version\":\"2\",\"title\":{}}",
                "{\"installed_version\":\"2\",\"colour\":\"red\"}"
            })
    void an_update_that_says_one_thing_wrong_says_nothing(String payload) {
        EntityMessages update =
                EntityMessages.of(UpdateEntity.builder().stateTopic(STATE).build());

        assertThat(read(update, payload)).isEmpty();
    }

    @Test
    void an_update_says_how_far_it_is_or_that_nobody_knows() {
        EntityMessages update =
                EntityMessages.of(UpdateEntity.builder().stateTopic(STATE).build());
        JsonObject far = JsonObject.builder()
                .put("in_progress", true)
                .put("update_percentage", 30)
                .build();
        JsonObject tooFar = JsonObject.builder().put("update_percentage", 120).build();

        assertThat(read(update, "{\"installed_version\":3,\"in_progress\":true,\"update_percentage\":30}"))
                .containsExactly(new EntityState.Update(Optional.of("3"), Optional.empty(), far));
        assertThat(read(update, "{\"update_percentage\":null}")).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> update.writeState(new EntityState.Update(Optional.of("2"), Optional.empty(), tooFar)))
                .withMessageContaining("update_percentage, which is from 0 to 100 or null");
    }

    @Test
    void a_mower_that_does_not_know_says_so_in_small_letters_or_as_a_template_does() {
        EntityMessages mower = EntityMessages.of(
                LawnMowerEntity.builder().activityStateTopic(STATE).build());

        assertThat(read(mower, "None")).containsExactly(new EntityState.Unknown());
        assertThat(read(mower, "none")).containsExactly(new EntityState.Unknown());
        assertThat(mower.writeState(new EntityState.Unknown())).containsExactly(new EntityMessage(TOPIC, "none"));
        assertThat(read(mower, "mowing")).containsExactly(EntityState.of("mowing"));
        refused(mower, EntityState.of("flying"), "it is none of docked, error, mowing, paused, returning");
    }

    private static EntityMessages climate(ClimateEntity.Builder builder) {
        return EntityMessages.of(builder.build());
    }

    private static List<EntityState> read(EntityMessages messages, String payload) {
        return messages.readState(TOPIC, payload, JINJA);
    }
}
