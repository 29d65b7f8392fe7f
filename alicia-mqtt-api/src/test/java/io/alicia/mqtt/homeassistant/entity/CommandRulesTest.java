package io.alicia.mqtt.homeassistant.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.AlarmFeature;
import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.ClimateEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.DateTimeEntity;
import io.alicia.mqtt.homeassistant.component.FanEntity;
import io.alicia.mqtt.homeassistant.component.InfraredEmitterEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TemperatureUnit;
import io.alicia.mqtt.homeassistant.component.TimeEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.component.VacuumFeature;
import io.alicia.mqtt.homeassistant.component.WaterHeaterEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Commands as Home Assistant sends them, and as a device gets them back out of its own templates. */
class CommandRulesTest {

    private static final TopicName SET = TopicName.of("x/set");
    private static final TopicFilter STATE = TopicFilter.of("x/state");
    private static final TemplateEngine JINJA = TemplateEngine.jinja();

    @Test
    void a_temperature_has_the_limits_of_home_assistant_where_it_has_none_of_its_own() {
        ClimateEntity.Builder climate = ClimateEntity.builder().temperatureCommandTopic(SET);
        Component anywhere = climate.build();
        Component celsius = climate.temperatureUnit(TemperatureUnit.CELSIUS).build();
        Component fahrenheit =
                climate.temperatureUnit(TemperatureUnit.FAHRENHEIT).build();
        Component heater = WaterHeaterEntity.builder()
                .temperatureCommandTopic(SET)
                .temperatureUnit(TemperatureUnit.CELSIUS)
                .build();

        refused(celsius, new ClimateCommand.SetTemperature(36), "climate: temperature 36 is not from 7 to 35");
        refused(fahrenheit, new ClimateCommand.SetTemperature(21), "climate: temperature 21 is not from 44.6 to 95");
        refused(anywhere, new ClimateCommand.SetTemperature(100), "climate: temperature 100 is not from 7 to 95");
        refused(
                heater,
                new WaterHeaterCommand.SetTemperature(90),
                "water_heater: temperature 90 is not from 43.3 to 60");
        assertThat(sent(anywhere, new ClimateCommand.SetTemperature(72))).containsExactly("72");
    }

    @Test
    void a_vacuum_cleaner_is_told_what_it_announces_to_be_able_to_do() {
        VacuumEntity.Builder vacuum = VacuumEntity.builder()
                .commandTopic(SET)
                .sendCommandTopic(TopicName.of("x/send"))
                .setFanSpeedTopic(TopicName.of("x/fan"))
                .fanSpeedList(List.of("max"));
        Component usual = vacuum.build();
        Component able = vacuum.supportedFeatures(
                        List.of(VacuumFeature.LOCATE, VacuumFeature.FAN_SPEED, VacuumFeature.SEND_COMMAND))
                .build();

        assertThat(sent(usual, VacuumCommand.Simple.STOP)).containsExactly("stop");
        refused(usual, VacuumCommand.Simple.LOCATE, "vacuum: supported_features has no locate");
        refused(usual, VacuumCommand.Simple.PAUSE, "vacuum: supported_features has no pause");
        refused(usual, new VacuumCommand.Send("dance"), "vacuum: supported_features has no send_command");
        refused(usual, new VacuumCommand.SetFanSpeed("max"), "vacuum: supported_features has no fan_speed");
        refused(able, VacuumCommand.Simple.STOP, "vacuum: supported_features has no stop");
        refused(able, new VacuumCommand.SetFanSpeed("min"), "vacuum: fan_speed_list has no min");
        assertThat(sent(able, VacuumCommand.Simple.LOCATE)).containsExactly("locate");
        assertThat(sent(able, new VacuumCommand.SetFanSpeed("max"))).containsExactly("max");
        assertThat(sent(able, new VacuumCommand.Send("dance"))).containsExactly("dance");
    }

    @Test
    void what_a_component_does_not_announce_is_not_sent() {
        Component number = NumberEntity.builder().commandTopic(SET).max(10).build();
        Component select =
                SelectEntity.builder().commandTopic(SET).options(List.of("a")).build();
        Component fan = FanEntity.builder()
                .commandTopic(SET)
                .percentageCommandTopic(TopicName.of("x/speed"))
                .speedRangeMax(3)
                .build();
        Component climate = ClimateEntity.builder()
                .fanModeCommandTopic(SET)
                .temperatureCommandTopic(TopicName.of("x/t"))
                .maxTemp(30)
                .build();

        refused(number, new EntityCommand.SetNumber(50), "number: value 50 is not from 0 to 10");
        refused(select, new EntityCommand.Select("b"), "select: options has no b");
        refused(fan, new FanCommand.SetSpeed(7), "fan: speed 7 is not from 0 to 3");
        refused(climate, new ClimateCommand.SetFanMode("turbo"), "climate: fan_modes has no turbo");
        refused(climate, new ClimateCommand.SetTemperature(31), "climate: temperature 31 is not from");
        assertThat(sent(number, new EntityCommand.SetNumber(10))).containsExactly("10");
        assertThat(sent(fan, new FanCommand.SetSpeed(3))).containsExactly("3");
        refused(climate, new ClimateCommand.SetTemperature(5), "climate: temperature 5 is not from 7 to 30");
        refused(number, new EntityCommand.SetNumber(Double.NaN), "number: value cannot be NaN");
    }

    @Test
    void times_are_written_as_python_writes_them() {
        Component time = TimeEntity.builder().commandTopic(SET).build();
        Component moment = DateTimeEntity.builder().commandTopic(SET).build();

        assertThat(sent(time, new EntityCommand.SetTime(LocalTime.of(10, 0)))).containsExactly("10:00:00");
        assertThat(sent(time, new EntityCommand.SetTime(LocalTime.of(10, 0, 0, 500_000_000))))
                .containsExactly("10:00:00.500000");
        assertThat(sent(moment, new EntityCommand.SetDateTime(OffsetDateTime.parse("2026-01-01T10:00Z"))))
                .containsExactly("2026-01-01T10:00:00+00:00");
    }

    @Test
    void a_time_without_offset_is_in_the_zone_that_the_component_names() {
        EntityMessages zoned = EntityMessages.of(DateTimeEntity.builder()
                .commandTopic(SET)
                .timezone("Europe/Berlin")
                .build());
        EntityMessages unzoned =
                EntityMessages.of(DateTimeEntity.builder().commandTopic(SET).build());

        assertThat(zoned.readCommand(SET, "2026-01-01T10:00:00"))
                .isEqualTo(new EntityCommand.SetDateTime(OffsetDateTime.parse("2026-01-01T10:00:00+01:00")));
        assertThat(unzoned.readCommand(SET, "2026-01-01T10:00:00")).isInstanceOf(EntityCommand.Raw.class);
    }

    @Test
    void an_alarm_and_a_lock_get_the_code_that_was_entered() {
        AlarmControlPanelEntity.Builder alarm = AlarmControlPanelEntity.builder();
        alarm.commandTopic(SET)
                .stateTopic(STATE)
                .code("REMOTE_CODE")
                .commandTemplate(Template.of("{\"do\":\"{{ action }}\",\"code\":\"{{ code }}\"}"));
        EntityCommand disarm = AlarmCommand.DISARM.withCode("1234");
        Component lock = LockEntity.builder()
                .commandTopic(SET)
                .commandTemplate(Template.of("{{ value }} {{ code }}"))
                .build();

        assertThat(sent(alarm.build(), disarm)).containsExactly("{\"do\":\"DISARM\",\"code\":\"1234\"}");
        comesBack(alarm.build(), disarm);
        comesBack(alarm.codeArmRequired(false).build(), AlarmCommand.ARM_AWAY);
        assertThat(sent(lock, LockCommand.UNLOCK.withCode("0"))).containsExactly("UNLOCK 0");
        comesBack(lock, LockCommand.UNLOCK.withCode("0"));
        assertThat(disarm).hasToString("Coded[command=DISARM]");
    }

    @Test
    void a_lock_asks_for_a_code_of_its_format() {
        Component lock = LockEntity.builder()
                .commandTopic(SET)
                .codeFormat("^\\d{4}$")
                .commandTemplate(Template.of("{{ value }} {{ code }}"))
                .build();

        refused(lock, LockCommand.UNLOCK, "lock: code_format ^\\d{4}$ asks for a code");
        refused(lock, LockCommand.LOCK.withCode("12x4"), "lock: the code does not match code_format ^\\d{4}$");
        assertThat(sent(lock, LockCommand.UNLOCK.withCode("1234"))).containsExactly("UNLOCK 1234");
    }

    @Test
    void a_lock_that_cannot_be_opened_says_so() {
        LockEntity.Builder lock = LockEntity.builder().commandTopic(SET);

        refused(lock.build(), LockCommand.OPEN, "lock: it cannot be opened, as it has no payload_open");
        assertThat(sent(lock.payloadOpen("UP").build(), LockCommand.OPEN)).containsExactly("UP");
    }

    @Test
    void an_alarm_is_told_what_it_can_do() {
        Component alarm = AlarmControlPanelEntity.builder()
                .commandTopic(SET)
                .stateTopic(STATE)
                .codeArmRequired(false)
                .supportedFeatures(List.of(AlarmFeature.ARM_HOME))
                .build();

        refused(alarm, AlarmCommand.ARM_AWAY, "alarm_control_panel: supported_features has no arm_away");
        refused(alarm, AlarmCommand.TRIGGER, "alarm_control_panel: supported_features has no trigger");
        assertThat(sent(alarm, AlarmCommand.ARM_HOME)).containsExactly("ARM_HOME");
        assertThat(sent(alarm, AlarmCommand.DISARM))
                .as("an alarm can always be disarmed")
                .containsExactly("DISARM");
    }

    @Test
    void an_alarm_is_told_nothing_without_its_code() {
        AlarmControlPanelEntity.Builder open =
                AlarmControlPanelEntity.builder().commandTopic(SET).stateTopic(STATE);
        Component plain = open.build();
        Component own = open.code("1234").codeTriggerRequired(false).build();
        Component remote = open.code("REMOTE_CODE").build();

        refused(plain, AlarmCommand.ARM_HOME, "alarm_control_panel: it takes no ARM_HOME without a code unless");
        assertThat(sent(plain, AlarmCommand.ARM_HOME.withCode("any"))).containsExactly("ARM_HOME");
        assertThat(sent(plain, AlarmCommand.DISARM)).containsExactly("DISARM");
        refused(own, AlarmCommand.DISARM, "alarm_control_panel: it takes no DISARM without a code unless");
        refused(own, AlarmCommand.DISARM.withCode("9"), "alarm_control_panel: the code is not the one of the panel");
        assertThat(sent(own, AlarmCommand.DISARM.withCode("1234"))).containsExactly("DISARM");
        assertThat(sent(own, AlarmCommand.TRIGGER)).containsExactly("TRIGGER");
        refused(remote, AlarmCommand.DISARM, "alarm_control_panel: it takes no DISARM without a code unless");
        assertThat(sent(remote, AlarmCommand.DISARM.withCode("9"))).containsExactly("DISARM");
    }

    @Test
    void a_siren_is_turned_off_with_its_own_template_or_with_nothing_but_the_word() {
        Component siren = SirenEntity.builder()
                .commandTopic(SET)
                .availableTones(List.of("fire"))
                .commandTemplate(Template.of("{{ value }};{{ tone }};{{ duration }};{{ volume_level }}"))
                .commandOffTemplate(Template.of("off {{ value }}"))
                .build();
        SirenCommand on =
                new SirenCommand(true, Optional.of("fire"), Optional.of(Duration.ofSeconds(9)), OptionalDouble.of(0.5));
        SirenCommand off = new SirenCommand(false, Optional.of("fire"), Optional.empty(), OptionalDouble.empty());
        SirenCommand plainOff = new SirenCommand(false, Optional.empty(), Optional.empty(), OptionalDouble.empty());

        assertThat(sent(siren, on)).containsExactly("ON;fire;9;0.5");
        assertThat(sent(siren, off)).containsExactly("off OFF");
        assertThat(sent(SirenEntity.builder().commandTopic(SET).build(), off)).containsExactly("{\"state\":\"OFF\"}");
        comesBack(siren, on);
        comesBack(siren, plainOff);
        refused(
                SirenEntity.builder()
                        .commandTopic(SET)
                        .availableTones(List.of("a"))
                        .build(),
                on,
                "siren: available_tones has no fire");
    }

    @Test
    void a_siren_is_told_what_it_announces_and_nothing_else() {
        SirenEntity.Builder plain = SirenEntity.builder().commandTopic(SET);
        Component brief = SirenEntity.builder()
                .commandTopic(SET)
                .supportDuration(false)
                .supportVolumeSet(false)
                .build();
        SirenCommand tone = new SirenCommand(true, Optional.of("fire"), Optional.empty(), OptionalDouble.empty());
        SirenCommand duration =
                new SirenCommand(true, Optional.empty(), Optional.of(Duration.ofSeconds(9)), OptionalDouble.empty());
        SirenCommand volume = new SirenCommand(true, Optional.empty(), Optional.empty(), OptionalDouble.of(0.5));

        refused(plain.build(), tone, "siren: no tone without available_tones");
        refused(plain.availableTones(List.of()).build(), tone, "siren: no tone without available_tones");
        assertThat(sent(plain.build(), duration)).containsExactly("{\"state\":\"ON\",\"duration\":9}");
        assertThat(sent(plain.build(), volume)).containsExactly("{\"state\":\"ON\",\"volume_level\":0.5}");
        refused(brief, duration, "siren: no duration, as support_duration is false");
        refused(brief, volume, "siren: no volume, as support_volume_set is false");
        assertThat(sent(
                        brief,
                        new SirenCommand(
                                false, Optional.empty(), Optional.of(Duration.ofSeconds(9)), OptionalDouble.of(2))))
                .as("nothing is said of how it sounds to a siren that is to be silent")
                .containsExactly("{\"state\":\"OFF\"}");
    }

    @Test
    void a_command_comes_back_through_a_template_that_is_a_text_with_variables() {
        comesBack(
                SwitchEntity.builder()
                        .commandTopic(SET)
                        .commandTemplate(Template.of("{\"power\": \"{{ value }}\"}"))
                        .build(),
                new EntityCommand.Switch(true));
        comesBack(
                CoverEntity.builder()
                        .setPositionTopic(SET)
                        .positionTopic(STATE)
                        .positionOpen(4)
                        .setPositionTemplate(Template.of("p={{ position }}"))
                        .build(),
                new CoverCommand.SetPosition(30));
        comesBack(
                BasicLightEntity.builder()
                        .commandTopic(TopicName.of("x/on"))
                        .rgbCommandTopic(SET)
                        .rgbCommandTemplate(Template.of("{{ red }}/{{ green }}/{{ blue }}"))
                        .build(),
                LightCommand.builder().tint(new LightTint.Rgb(1, 2, 3)).build());
    }

    @Test
    void what_a_template_decides_or_runs_together_stays_raw() {
        for (String template :
                List.of("{{ value | lower }}", "{% if value == 'ON' %}1{% endif %}", "{{ value }}{{ value }}")) {
            EntityMessages plug = EntityMessages.of(SwitchEntity.builder()
                    .commandTopic(SET)
                    .commandTemplate(Template.of(template))
                    .build());
            assertThat(plug.readCommand(SET, "ON")).as(template).isEqualTo(new EntityCommand.Raw(SET, "ON"));
        }
        EntityMessages lock = EntityMessages.of(LockEntity.builder()
                .commandTopic(SET)
                .commandTemplate(Template.of("{{ value }} {{ code }}"))
                .build());
        assertThat(lock.readCommand(SET, "LOCK 1 2"))
                .as("the code may be 2 or 1 2")
                .isInstanceOf(EntityCommand.Raw.class);
    }

    @Test
    void an_infrared_emitter_is_told_timings() {
        Component emitter = InfraredEmitterEntity.builder().commandTopic(SET).build();
        InfraredCommand command =
                new InfraredCommand(List.of(9_000, -4_500, 560), OptionalInt.of(38_000), OptionalInt.of(1));

        assertThat(sent(emitter, command))
                .containsExactly("{\"timings\":[9000,-4500,560],\"modulation\":38000,\"repeat_count\":1}");
        comesBack(emitter, command);
        comesBack(emitter, new InfraredCommand(List.of(1), OptionalInt.empty(), OptionalInt.empty()));
        assertThat(EntityMessages.of(emitter).readCommand(SET, "{\"timings\":[1,\"x\"]}"))
                .isInstanceOf(EntityCommand.Raw.class);
        assertThat(sent(
                        InfraredEmitterEntity.builder()
                                .commandTopic(SET)
                                .commandTemplate(Template.of("{{ timings | length }} {{ modulation }}"))
                                .build(),
                        command))
                .containsExactly("3 38000");
    }

    @Test
    void numbers_are_numbers_in_templates() {
        assertThat(sent(
                        NumberEntity.builder()
                                .commandTopic(SET)
                                .commandTemplate(Template.of("{{ value * 2 }}"))
                                .build(),
                        new EntityCommand.SetNumber(21)))
                .containsExactly("42");
    }

    private static List<String> sent(Component component, EntityCommand command) {
        return EntityMessages.of(component).writeCommand(command, JINJA).stream()
                .map(EntityMessage::payload)
                .toList();
    }

    private static void comesBack(Component component, EntityCommand command) {
        EntityMessages messages = EntityMessages.of(component);
        EntityMessage message = messages.writeCommand(command, JINJA).get(0);
        assertThat(messages.readCommand(message.topic(), message.payload()))
                .as(message.payload())
                .isEqualTo(command);
    }

    private static void refused(Component component, EntityCommand command, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityMessages.of(component).writeCommand(command, JINJA))
                .withMessageStartingWith(reason);
    }
}
