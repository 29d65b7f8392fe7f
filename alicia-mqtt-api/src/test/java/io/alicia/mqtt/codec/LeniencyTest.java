package io.alicia.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Capability;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.OtherDeviceStatus;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.topic.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract is lenient about, and where that ends. */
class LeniencyTest {

    private static final AliciaCodecs CODECS = AliciaCodecs.inUtc();

    private static <T> T read(JsonCodec<T> codec, String json) {
        return codec.fromJson(Json.parse(json.replace('\'', '"')));
    }

    private static <T> String written(JsonCodec<T> codec, T value) {
        return Json.write(codec.toJson(value)).replace('"', '\'');
    }

    private static <T> void comesBack(JsonCodec<T> codec, String json) {
        assertThat(written(codec, read(codec, json))).isEqualTo(json);
    }

    @Test
    void unknown_fields_are_kept_whatever_they_are() {
        String json = "{'co2_ppm':600,'device_id':'hall','window':true,'note':'°','list':[1,2.50],'nothing':null}";
        SensorReading reading = read(CODECS.sensorReading(), json);

        assertThat(reading.additional().keySet()).containsExactly("co2_ppm", "window", "note", "list", "nothing");
        assertThat(reading.additional()).containsEntry("co2_ppm", JsonNumber.of(600));
        comesBack(CODECS.sensorReading(), json);
    }

    @Test
    void a_reading_is_read_out_of_the_envelopes_that_a_service_puts_around_it() {
        PayloadCodec<SensorReading> readings =
                new AliciaMessages(CODECS).sensorReading().codec();
        String bare = "{'device_id':'hall','temperature_celsius':21.5}";
        String once = "{'message_id':'1','timestamp':1.0,'source':'esp32_bridge','destination':'broadcast',"
                + "'message_type':'event','payload':" + bare + "}";
        String twice = once.replace(bare, once);

        SensorReading reading = read(CODECS.sensorReading(), bare);
        for (String json : List.of(bare, once, twice)) {
            assertThat(readings.decode(json.replace('\'', '"').getBytes(UTF_8))).isEqualTo(reading);
        }
    }

    @Test
    void a_command_without_a_name_is_none() {
        assertThatThrownBy(() -> read(CODECS.command(), "{'command':'','volume':30}"))
                .isInstanceOf(PayloadException.class)
                .hasMessage("command: it is empty, a name such as turn_on was expected");
    }

    @Test
    void what_tells_envelopes_and_speakers_tells_nothing_where_it_is_null() {
        String command = "{'message_id':null,'message_type':null,'command':'x','payload':{'a':1}}";
        MaybeEnveloped<Command> bare = read(CODECS.maybeEnveloped(CODECS.command()), command);
        assertThat(bare.envelope()).isEmpty();
        assertThat(bare.payload().name()).isEqualTo("x");
        comesBack(CODECS.maybeEnveloped(CODECS.command()), command);

        String status = "{'device_id':'hall','transport_state':null,'speaker_id':null,'online':true}";
        assertThat(read(CODECS.deviceStatus(), status)).isInstanceOf(OtherDeviceStatus.class);
        comesBack(CODECS.deviceStatus(), status);
    }

    @Test
    void null_is_the_same_as_absent_and_comes_back_as_null() {
        String json = "{'device_id':'hall','location':null,'temperature_celsius':null,'timestamp':null}";
        SensorReading reading = read(CODECS.sensorReading(), json);

        assertThat(reading)
                .isEqualTo(SensorReading.builder().deviceId(DeviceId.of("hall")).build());
        comesBack(CODECS.sensorReading(), json);
        assertThat(written(
                        CODECS.sensorReading(),
                        reading.toBuilder().location("attic").build()))
                .isEqualTo("{'device_id':'hall','location':'attic','temperature_celsius':null,'timestamp':null}");
    }

    @Test
    void each_of_two_spellings_is_read_and_kept() {
        String older = "{'speaker_id':'hall','volume':30,'transport_state':'PAUSED_PLAYBACK','last_seen':1.5}";
        String newer = "{'device_id':'hall','volume_percent':30,'playback_state':'paused','timestamp':1.5}";

        assertThat(read(CODECS.speakerStatus(), older)).isEqualTo(read(CODECS.speakerStatus(), newer));
        comesBack(CODECS.speakerStatus(), older);
        comesBack(CODECS.speakerStatus(), newer);
        assertThat(written(
                        CODECS.speakerStatus(),
                        read(CODECS.speakerStatus(), older).toBuilder()
                                .playbackState(PlaybackState.STOPPED)
                                .volumePercent(31)
                                .build()))
                .isEqualTo("{'speaker_id':'hall','volume':31,'transport_state':'STOPPED','last_seen':1.5}");
    }

    @Test
    void of_both_spellings_at_once_the_houses_own_counts_and_the_other_is_kept() {
        String json = "{'speaker_id':'sonos_hall','device_id':'hall','volume':10,'volume_percent':30}";
        SpeakerStatus status = read(CODECS.speakerStatus(), json);

        assertThat(status.deviceId()).isEqualTo(DeviceId.of("hall"));
        assertThat(status.volumePercent()).hasValue(30);
        assertThat(status.additional())
                .containsEntry("speaker_id", new JsonString("sonos_hall"))
                .containsEntry("volume", JsonNumber.of(10));
        comesBack(CODECS.speakerStatus(), json);
    }

    @Test
    void a_spelling_that_is_null_gives_way_to_the_other() {
        String json = "{'device_id':null,'speaker_id':'hall','volume_percent':null,'volume':10}";

        assertThat(read(CODECS.speakerStatus(), json).volumePercent()).hasValue(10);
        comesBack(CODECS.speakerStatus(), json);
    }

    @Test
    void words_are_read_in_any_case_and_kept() {
        assertThat(read(CODECS.bulbStatus(), "{'device_id':'b','state':'ON'}").state())
                .contains(PowerState.ON);
        comesBack(CODECS.bulbStatus(), "{'device_id':'b','state':'ON'}");
    }

    @Test
    void whole_numbers_may_be_written_with_a_fraction_of_zero() {
        assertThat(read(CODECS.bulbStatus(), "{'device_id':'b','brightness':75.0}")
                        .brightnessPercent())
                .hasValue(75);
        comesBack(CODECS.bulbStatus(), "{'device_id':'b','brightness':75.0}");
    }

    @Test
    void an_empty_list_is_told_from_none() {
        comesBack(CODECS.speakerStatus(), "{'device_id':'s','group_members':[]}");
        comesBack(CODECS.speakerStatus(), "{'device_id':'s'}");
        SpeakerStatus left = read(CODECS.speakerStatus(), "{'device_id':'s','group_members':['a']}").toBuilder()
                .groupMembers(List.of())
                .build();
        assertThat(written(CODECS.speakerStatus(), left)).isEqualTo("{'device_id':'s'}");
    }

    @Test
    void what_is_taken_out_since_is_not_written() {
        SensorReading reading =
                read(CODECS.sensorReading(), "{'device_id':'hall','x':1,'location':'attic','y':2}").toBuilder()
                        .location(Optional.empty())
                        .additional(Map.of("y", JsonNumber.of(3)))
                        .build();

        assertThat(written(CODECS.sensorReading(), reading)).isEqualTo("{'device_id':'hall','y':3}");
    }

    @Test
    void an_additional_field_never_hides_a_field_that_has_a_value() {
        SensorReading reading = SensorReading.builder()
                .deviceId(DeviceId.of("hall"))
                .putAdditional("device_id", new JsonString("other"))
                .putAdditional("location", new JsonString("attic"))
                .build();

        assertThat(written(CODECS.sensorReading(), reading)).isEqualTo("{'device_id':'hall','location':'attic'}");
    }

    @Test
    void the_type_of_a_status_is_told_by_device_type_or_by_fields_of_speakers() {
        assertThat(status("{'device_id':'d','device_type':'smart_bulb'}")).isInstanceOf(BulbStatus.class);
        assertThat(status("{'device_id':'d','device_type':'sonos_speaker'}")).isInstanceOf(SpeakerStatus.class);
        assertThat(status("{'speaker_id':'d'}")).isInstanceOf(SpeakerStatus.class);
        assertThat(status("{'device_id':'d','playback_state':'playing'}")).isInstanceOf(SpeakerStatus.class);
        assertThat(status("{'device_id':'d','device_type':'blinds','transport_state':1}"))
                .isInstanceOf(OtherDeviceStatus.class);
        assertThat(status("{'device_id':'d'}")).isInstanceOf(OtherDeviceStatus.class);
        assertThat(status("{'device_id':'d','device_type':7,'volume':7}").additional())
                .isNotEmpty();
    }

    private static DeviceStatus status(String json) {
        DeviceStatus status = read(CODECS.deviceStatus(), json.replace("'device_type':7", "'device_typ':7"));
        assertThat(written(CODECS.deviceStatus(), status)).isEqualTo(json.replace("'device_type':7", "'device_typ':7"));
        return status;
    }

    @Test
    void a_result_tells_success_by_a_flag_or_by_a_word() {
        assertThat(read(CODECS.commandResult(), "{'success':true}").success()).isTrue();
        assertThat(read(CODECS.commandResult(), "{'status':'completed'}").success())
                .isTrue();
        assertThat(read(CODECS.commandResult(), "{'status':'ok'}").success()).isTrue();
        assertThat(read(CODECS.commandResult(), "{'status':'error'}").success()).isFalse();
        comesBack(CODECS.commandResult(), "{'status':'error','error':'x'}");
        CommandResult turned = read(CODECS.commandResult(), "{'status':'error'}").toBuilder()
                .success(true)
                .build();
        assertThat(written(CODECS.commandResult(), turned)).isEqualTo("{'status':'completed'}");
    }

    @Test
    void capabilities_are_names_or_objects() {
        String json = "{'service_name':'s','capabilities':['a',{'name':'b'},{'version':'1','name':'c','x':1}]}";
        ServiceRegistration registration = read(CODECS.serviceRegistration(), json);

        assertThat(registration.capabilities()).extracting(Capability::name).containsExactly("a", "b", "c");
        assertThat(registration.capabilities().get(1)).isEqualTo(Capability.of("b"));
        comesBack(CODECS.serviceRegistration(), json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|device_id: it is missing",
                "{'device_id':null}|device_id: it is missing",
                "{'device_id':5}|device_id: expected a string, found the number 5",
                "{'device_id':'a/b'}|device_id: not a device id: \"a/b\": it contains '/' at index 1, one level was expected",
                "{'device_id':'b','brightness':101}|brightness: expected a whole number, 0 to 100 %, found the number 101",
                "{'device_id':'b','brightness':7.5}|brightness: expected a whole number, 0 to 100 %, found the number 7.5",
                "{'device_id':'b','brightness':'75'}|brightness: expected a number, found the string \"75\"",
                "{'device_id':'b','state':'dim'}|state: expected one of on, off, found the string \"dim\"",
                "{'device_id':'b','power_consumption_watts':-1}"
                        + "|power_consumption_watts: expected at least 0.0 W, found the number -1",
                "{'device_id':'b','power_consumption_watts':1e400}"
                        + "|power_consumption_watts: expected at least 0.0 W, found the number 1E+400",
                "{'device_id':'b','color':{}}|color: expected a string, found the object {}",
                "[]|expected an object, found the array []",
                "null|expected an object, found null",
            })
    void what_cannot_be_read_is_named_with_field_value_and_what_was_expected(String json, String reason) {
        assertThatThrownBy(() -> read(CODECS.bulbStatus(), json))
                .isInstanceOf(PayloadException.class)
                .hasMessage(
                        reason.replace('\'', json.contains("a/b") ? '\'' : '"').replace("\"/\"", "'/'"));
    }

    @Test
    void a_wrong_element_is_named_by_its_place() {
        assertThatThrownBy(() -> read(CODECS.speakerStatus(), "{'device_id':'s','group_members':['a',7]}"))
                .hasMessage("group_members[1]: expected a string, found the number 7");
        assertThatThrownBy(() -> read(
                        CODECS.serviceRegistration(), "{'service_name':'s','capabilities':[{'name':'a'},{'name':1}]}"))
                .hasMessage("capabilities[1].name: expected a string, found the number 1");
        assertThatThrownBy(() -> read(CODECS.sttRequest(), "{'session_id':'s','audio_data':'!'}"))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("audio_data: ");
        assertThatThrownBy(() -> read(
                        CODECS.sttResponse(), "{'session_id':'s','transcription':{'success':true,'confidence':2}}"))
                .hasMessage("transcription.confidence: expected 0.0 to 1.0 (a share), found the number 2");
    }

    @Test
    void a_field_with_two_spellings_is_missing_under_both() {
        assertThatThrownBy(() -> read(CODECS.commandResult(), "{}"))
                .hasMessage("success: it is missing, and so is status");
    }

    @Test
    void a_rule_about_the_whole_is_told_too() {
        assertThatThrownBy(() -> read(CODECS.announcement(), "{'speaker':'kitchen'}"))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("neither message nor audioUrl");
    }
}
