package io.alicia.mqtt.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.topic.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final DeviceId HALL = DeviceId.of("hall");
    private static final Instant NOON = Instant.parse("2025-09-08T12:00:00Z");

    @Test
    void what_was_not_given_is_absent() {
        SensorReading reading = SensorReading.builder().deviceId(HALL).build();

        assertThat(reading.deviceType()).isEmpty();
        assertThat(reading.timestamp()).isEmpty();
        assertThat(reading.temperatureCelsius()).isEmpty();
        assertThat(reading.additional()).isEmpty();
        assertThat(BulbStatus.builder().deviceId(HALL).build().brightnessPercent())
                .isEmpty();
    }

    @Test
    void a_required_value_that_is_missing_is_named() {
        assertThatThrownBy(() -> SensorReading.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deviceId");
        assertThatThrownBy(() -> Envelope.builder().build()).hasMessageContainingAll("messageId", "source", "payload");
    }

    @Test
    void a_value_out_of_its_range_is_refused_with_field_value_and_range() {
        SensorReading.Builder reading = SensorReading.builder().deviceId(HALL);
        refused(() -> reading.humidityPercent(100.5).build(), "humidityPercent", "100.5", "0.0 to 100.0 %");
        refused(() -> reading.humidityPercent(Double.NaN).build(), "humidityPercent", "NaN");
        refused(() -> reading.humidityPercent(50).batteryPercent(-1).build(), "batteryPercent", "-1.0");
        refused(() -> reading.batteryPercent(1).temperatureCelsius(-274).build(), "temperatureCelsius", "-273.15 °C");
        refused(() -> reading.temperatureCelsius(Double.POSITIVE_INFINITY).build(), "temperatureCelsius", "Infinity");

        BulbStatus.Builder bulb = BulbStatus.builder().deviceId(HALL);
        refused(() -> bulb.brightnessPercent(101).build(), "brightnessPercent", "101", "0 to 100 %");
        refused(() -> bulb.brightnessPercent(0).powerConsumptionWatts(-0.1).build(), "powerConsumptionWatts", "-0.1");

        SpeakerStatus.Builder speaker = SpeakerStatus.builder().deviceId(HALL);
        refused(() -> speaker.volumePercent(-1).build(), "volumePercent", "-1");
        refused(() -> speaker.volumePercent(1).wifiSignalStrengthPercent(101).build(), "wifiSignalStrengthPercent");

        refused(() -> Routing.builder().hops(-1).build(), "hops", "-1");
        refused(() -> envelope().toBuilder().ttl(Duration.ofSeconds(-1)).build(), "ttl", "at least 0 s");
        refused(() -> Announcement.builder().message("x").volumePercent(101).build(), "volumePercent", "101");
        refused(() -> Transcription.builder().success(true).confidence(1.1).build(), "confidence", "1.1", "0.0 to 1.0");
        refused(() -> Synthesis.builder().success(true).sampleRateHertz(0).build(), "sampleRateHertz", "0");
        refused(
                () -> Synthesis.builder()
                        .success(true)
                        .processingTime(Duration.ofMillis(-1))
                        .build(),
                "processingTime");
        refused(() -> SpokenCommand.builder().text("x").confidence(-0.1).build(), "confidence");
        HealthReport.Builder health = HealthReport.builder().serviceName("s").status(HealthReport.Status.HEALTHY);
        refused(() -> health.errors(-1).build(), "errors", "-1");
        refused(() -> health.errors(0).messagesProcessed(-2).build(), "messagesProcessed", "-2");
        refused(() -> health.messagesProcessed(0).uptime(Duration.ofSeconds(-1)).build(), "uptime");
    }

    private static void refused(ThrowingCallable build, String... expected) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(expected);
    }

    private static Envelope<String> envelope() {
        return Envelope.of("m-1", NOON, "device_manager", MessageType.EVENT, "hello");
    }

    @Test
    void the_limits_of_a_range_belong_to_it() {
        SensorReading reading = SensorReading.builder()
                .deviceId(HALL)
                .humidityPercent(0)
                .batteryPercent(100)
                .temperatureCelsius(SensorReading.ABSOLUTE_ZERO_CELSIUS)
                .build();

        assertThat(reading.humidityPercent()).hasValue(0);
        assertThat(reading.batteryPercent()).hasValue(100);
        assertThat(Command.setVolume(100).volumePercent()).hasValue(100);
    }

    @Test
    void the_form_on_the_wire_is_no_part_of_the_value() {
        BulbStatus made = BulbStatus.builder().deviceId(HALL).build();
        BulbStatus decoded =
                made.toBuilder().wireForm(WireForm.of(JsonObject.empty())).build();

        assertThat(decoded).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(decoded.toString()).isEqualTo(made.toString()).doesNotContain("wireForm=as");
        assertThat(decoded.toBuilder().build().wireForm().decodedFrom()).isPresent();
        assertThat(made.wireForm().decodedFrom()).isEmpty();
    }

    @Test
    void additional_fields_are_part_of_the_value_and_keep_their_order() {
        SensorReading reading = SensorReading.builder()
                .deviceId(HALL)
                .putAdditional("co2_ppm", JsonNumber.of(600))
                .putAdditional("a", JsonBoolean.TRUE)
                .build();

        assertThat(reading.additional().keySet()).containsExactly("co2_ppm", "a");
        assertThat(reading).isNotEqualTo(SensorReading.builder().deviceId(HALL).build());
    }

    @Test
    void a_payload_prints_what_it_has_and_additional_fields_last() {
        SensorReading reading = SensorReading.builder()
                .deviceId(HALL)
                .temperatureCelsius(21.5)
                .putAdditional("co2_ppm", JsonNumber.of(600))
                .build();

        assertThat(reading)
                .hasToString("SensorReading{deviceId=hall, temperatureCelsius=21.5, additional={co2_ppm=600}}");
    }

    @Test
    void a_status_made_by_hand_has_its_device_type() {
        assertThat(BulbStatus.builder().deviceId(HALL).build().deviceType()).contains("smart_bulb");
        assertThat(SpeakerStatus.builder().deviceId(HALL).build().deviceType()).contains("sonos_speaker");
    }

    @Test
    void brightness_converts_between_percent_and_steps_and_back() {
        assertThat(Brightness.percent(0).level()).isZero();
        assertThat(Brightness.percent(100)).isEqualTo(Brightness.FULL);
        assertThat(Brightness.percent(75).level()).isEqualTo(191);
        for (int percent = 0; percent <= 100; percent++) {
            assertThat(Brightness.percent(percent).percent()).isEqualTo(percent);
        }
        refused(() -> new Brightness(256), "brightness", "256", "0 to 255");
        refused(() -> Brightness.percent(101), "brightness", "101", "0 to 100 %");
    }

    @Test
    void the_houses_commands_have_names_and_arguments() {
        assertThat(Command.turnOn(Brightness.FULL).name()).isEqualTo("turn_on");
        assertThat(Command.turnOn(Brightness.FULL).brightness()).contains(Brightness.FULL);
        assertThat(Command.turnOn().brightness()).isEmpty();
        assertThat(Command.setBrightness(new Brightness(1)).arguments())
                .isEqualTo(Map.of("brightness", JsonNumber.of(1)));
        assertThat(Command.setColor(LightColor.RED).color()).contains(LightColor.RED);
        assertThat(Command.setVolume(30).forSpeaker("kitchen").speaker()).contains("kitchen");
        assertThat(Command.playAudio("http://x/y.mp3").audioUrl()).contains("http://x/y.mp3");
        assertThat(Command.announce("Dinner").message()).contains("Dinner");
        assertThat(Command.group("kitchen", List.of("bedroom")).master()).contains("kitchen");
        assertThat(Command.group("kitchen", List.of("bedroom")).members()).containsExactly("bedroom");
        assertThat(List.of(
                        Command.turnOff(),
                        Command.toggle(),
                        Command.play(),
                        Command.pause(),
                        Command.stop(),
                        Command.next(),
                        Command.previous(),
                        Command.restart()))
                .extracting(Command::name)
                .containsExactly("turn_off", "toggle", "play", "pause", "stop", "next", "previous", "restart");
    }

    @Test
    void an_argument_of_a_house_command_is_checked_and_one_of_others_is_not() {
        refused(() -> Command.setVolume(101), "volume", "101", "0 to 100 %");
        refused(
                () -> Command.builder()
                        .name("turn_on")
                        .putArguments("brightness", JsonNumber.of(256))
                        .build(),
                "brightness",
                "256");
        refused(
                () -> Command.builder()
                        .name("turn_on")
                        .putArguments("brightness", JsonNumber.of(0.5))
                        .build(),
                "brightness",
                "0.5",
                "a whole number");
        refused(
                () -> Command.builder()
                        .name("set_volume")
                        .putArguments("volume", new JsonString("loud"))
                        .build(),
                "\"loud\"");

        Command dance = Command.builder()
                .name("dance")
                .putArguments("brightness", JsonNumber.of(1_000))
                .putArguments("volume", new JsonString("loud"))
                .build();
        assertThat(dance.brightness()).isEmpty();
        assertThat(dance.volumePercent()).isEmpty();
        assertThat(dance.arguments()).hasSize(2);
        for (int volume : new int[] {-5, 101, 500}) {
            Command play = Command.play().toBuilder()
                    .putArguments("volume", JsonNumber.of(volume))
                    .build();
            assertThat(play.volumePercent()).as("%d", volume).isEmpty();
        }
    }

    @Test
    void an_announcement_needs_something_to_say_or_play() {
        refused(() -> Announcement.builder().speaker("kitchen").build(), "neither message nor audioUrl");
    }

    @Test
    void a_message_is_forwarded_until_its_hops_reach_their_maximum() {
        assertThat(envelope().mayBeForwarded()).isTrue();
        Routing nine = Routing.builder().hops(9).maxHops(10).build();
        assertThat(envelope().toBuilder().routing(nine).build().mayBeForwarded())
                .isTrue();
        assertThat(nine.forwarded())
                .isEqualTo(Routing.builder().hops(10).maxHops(10).build());
        assertThat(envelope().toBuilder().routing(nine.forwarded()).build().mayBeForwarded())
                .isFalse();
        assertThat(Routing.builder().hops(99).build().mayBeForwarded()).isTrue();
        Routing endless = Routing.builder().hops(Integer.MAX_VALUE).build();
        assertThat(endless.forwarded()).isEqualTo(endless);
    }

    @Test
    void an_envelope_without_ttl_is_of_use_for_300_seconds() {
        Envelope<String> bare = Envelope.<String>builder()
                .messageId("m")
                .timestamp(NOON)
                .source("s")
                .payload("p")
                .build();

        assertThat(bare.ttl()).isEmpty();
        assertThat(bare.ttlOrDefault()).hasSeconds(300);
    }

    @Test
    void a_destination_is_a_service_everybody_or_a_capability() {
        assertThat(Destination.capability("text_to_speech").value()).isEqualTo("capability:text_to_speech");
        assertThat(Destination.capability("text_to_speech").capability()).contains("text_to_speech");
        assertThat(Destination.service("voice_router").capability()).isEmpty();
    }

    @Test
    void a_measurement_is_a_text_that_may_spell_a_number_or_a_state() {
        assertThat(new Measurement("23.5").number()).hasValue(23.5);
        assertThat(new Measurement("ON").state()).contains(PowerState.ON);
        assertThat(new Measurement("off").state()).contains(PowerState.OFF);
        assertThat(new Measurement("ON").number()).isEmpty();
        assertThat(new Measurement("1d").number()).isEmpty();
        assertThat(new Measurement("1e999").number()).isEmpty();
        assertThat(new Measurement("NaN").number()).isEmpty();
        assertThat(new Measurement("").state()).isEmpty();
        assertThat(Measurement.of(23.5).text()).isEqualTo("23.5");
        assertThat(Measurement.of(1757685600.0).text()).isEqualTo("1757685600.0");
        assertThat(Measurement.of(95).text()).isEqualTo("95");
        assertThat(Measurement.of(PowerState.OFF).text()).isEqualTo("OFF");
    }

    @Test
    void a_text_of_millions_of_digits_is_no_number_and_costs_nothing() {
        Measurement endless = new Measurement("9".repeat(1_900_000));

        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertThat(endless.number()).isEmpty());
        assertThat(new Measurement("0".repeat(499) + "7").number()).hasValue(7);
        assertThat(new Measurement("0".repeat(500) + "7").number()).isEmpty();
    }

    @Test
    void audio_is_copied_in_and_out() {
        byte[] bytes = {1, 2, 3};
        AudioData audio = AudioData.of(bytes);
        bytes[0] = 9;
        audio.bytes()[1] = 9;

        assertThat(audio).isEqualTo(AudioData.of(new byte[] {1, 2, 3})).hasToString("3 bytes of audio");
        assertThat(audio.size()).isEqualTo(3);
    }

    @Test
    void a_payload_may_come_with_an_envelope_or_without() {
        assertThat(MaybeEnveloped.bare("hello").envelope()).isEmpty();
        assertThat(MaybeEnveloped.in(envelope()).payload()).isEqualTo("hello");
        assertThat(MaybeEnveloped.in(envelope()))
                .isEqualTo(MaybeEnveloped.in(envelope()))
                .isNotEqualTo(MaybeEnveloped.bare("hello"));
    }
}
