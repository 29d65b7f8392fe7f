package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.AiAnswer;
import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.AnnouncementOutcome;
import io.alicia.mqtt.payload.AudioData;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Capability;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.OtherDeviceStatus;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.Synthesis;
import io.alicia.mqtt.payload.Transcription;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.alicia.mqtt.payload.VoiceError;
import io.alicia.mqtt.payload.VoiceRoute;
import io.alicia.mqtt.payload.VoiceSession;
import io.alicia.mqtt.topic.DeviceId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each payload type made by hand, with all it can hold, as it is written and read back. */
class PayloadCodecsTest {

    private static final AliciaCodecs CODECS = AliciaCodecs.inUtc();
    private static final DeviceId HALL = DeviceId.of("hall");
    private static final Instant NOON = Instant.parse("2025-09-08T12:00:00Z");

    private static <T> void isWritten(JsonCodec<T> codec, T value, String json) {
        assertThat(Json.write(codec.toJson(value))).isEqualTo(json.replace('\'', '"'));
        T again = codec.fromJson(Json.parse(json.replace('\'', '"')));
        assertThat(again).isEqualTo(value);
        assertThat(Json.write(codec.toJson(again))).isEqualTo(json.replace('\'', '"'));
    }

    @Test
    void sensor_reading() {
        isWritten(
                CODECS.sensorReading(),
                SensorReading.builder()
                        .deviceId(HALL)
                        .deviceType("climate")
                        .timestamp(NOON)
                        .temperatureCelsius(25)
                        .humidityPercent(34.5)
                        .batteryPercent(95)
                        .location("hall")
                        .putAdditional("co2_ppm", JsonNumber.of(600))
                        .build(),
                "{'device_id':'hall','device_type':'climate','timestamp':'2025-09-08T12:00:00Z',"
                        + "'temperature_celsius':25.0,'humidity_percent':34.5,'battery_level':95.0,'location':'hall',"
                        + "'co2_ppm':600}");
        isWritten(CODECS.sensorReading(), SensorReading.builder().deviceId(HALL).build(), "{'device_id':'hall'}");
    }

    @Test
    void bulb_status() {
        isWritten(
                CODECS.bulbStatus(),
                BulbStatus.builder()
                        .deviceId(HALL)
                        .state(PowerState.OFF)
                        .brightnessPercent(0)
                        .color(new LightColor("mauve"))
                        .powerConsumptionWatts(0.3)
                        .timestamp(NOON)
                        .build(),
                "{'device_id':'hall','device_type':'smart_bulb','state':'off','brightness':0,'color':'mauve',"
                        + "'power_consumption_watts':0.3,'timestamp':'2025-09-08T12:00:00Z'}");
    }

    @Test
    void speaker_status() {
        isWritten(
                CODECS.speakerStatus(),
                SpeakerStatus.builder()
                        .deviceId(HALL)
                        .playbackState(PlaybackState.TRANSITIONING)
                        .volumePercent(28)
                        .mute(true)
                        .currentTrack("Feeling Good")
                        .artist("Nina Simone")
                        .addGroupMembers("bath")
                        .wifiSignalStrengthPercent(82)
                        .availability(Availability.ONLINE)
                        .timestamp(NOON)
                        .build(),
                "{'device_id':'hall','device_type':'sonos_speaker','playback_state':'transitioning',"
                        + "'volume_percent':28,'mute':true,'current_track':'Feeling Good','artist':'Nina Simone',"
                        + "'group_members':['bath'],'wifi_signal_strength':82,'status':'online',"
                        + "'timestamp':'2025-09-08T12:00:00Z'}");
    }

    @Test
    void other_device_status() {
        OtherDeviceStatus blinds = OtherDeviceStatus.builder()
                .deviceId(HALL)
                .deviceType("blinds")
                .timestamp(NOON)
                .putAdditional("position", JsonNumber.of(40))
                .build();

        isWritten(
                CODECS.deviceStatus(),
                blinds,
                "{'device_id':'hall','device_type':'blinds','timestamp':'2025-09-08T12:00:00Z','position':40}");
    }

    @Test
    void command_result() {
        isWritten(
                CODECS.commandResult(),
                CommandResult.builder()
                        .success(false)
                        .command("turn_on")
                        .deviceId(HALL)
                        .requestId("m-1")
                        .message("no")
                        .error("unreachable")
                        .timestamp(NOON)
                        .build(),
                "{'success':false,'command':'turn_on','device_id':'hall','request_id':'m-1','message':'no',"
                        + "'error':'unreachable','timestamp':'2025-09-08T12:00:00Z'}");
    }

    @Test
    void announcement_and_its_outcome() {
        isWritten(
                CODECS.announcement(),
                Announcement.builder()
                        .speaker("kitchen")
                        .message("Dinner")
                        .language("en")
                        .volumePercent(35)
                        .audioUrl("http://house/gong.mp3")
                        .build(),
                "{'speaker':'kitchen','message':'Dinner','language':'en','volume':35,"
                        + "'audio_url':'http://house/gong.mp3'}");
        isWritten(
                CODECS.announcementOutcome(),
                AnnouncementOutcome.builder()
                        .status(AnnouncementOutcome.Status.FAILED)
                        .speaker("kitchen")
                        .message("Dinner")
                        .error("no network")
                        .timestamp(NOON)
                        .build(),
                "{'status':'failed','speaker':'kitchen','message':'Dinner','error':'no network',"
                        + "'timestamp':'2025-09-08T12:00:00Z'}");
    }

    @Test
    void speech_recognition() {
        isWritten(
                CODECS.sttRequest(),
                SttRequest.builder()
                        .sessionId("s-1")
                        .audioData(AudioData.of(new byte[] {1, 2, -1}))
                        .language("en-US")
                        .build(),
                "{'session_id':'s-1','audio_data':'AQL/','language':'en-US'}");
        isWritten(
                CODECS.sttResponse(),
                SttResponse.builder()
                        .sessionId("s-1")
                        .transcription(Transcription.builder()
                                .success(false)
                                .error("noise")
                                .confidence(0.1)
                                .build())
                        .originalRequest(JsonObject.builder().put("a", 1).build())
                        .build(),
                "{'session_id':'s-1','transcription':{'success':false,'confidence':0.1,'error':'noise'},"
                        + "'original_request':{'a':1}}");
    }

    @Test
    void assistant() {
        isWritten(
                CODECS.aiRequest(),
                AiRequest.builder()
                        .text("light?")
                        .sessionId("s-1")
                        .context(new JsonString("before"))
                        .build(),
                "{'text':'light?','session_id':'s-1','context':'before'}");
        isWritten(
                CODECS.aiResponse(),
                AiResponse.builder()
                        .sessionId("s-1")
                        .answer(AiAnswer.builder()
                                .success(true)
                                .response("It is on")
                                .build())
                        .build(),
                "{'session_id':'s-1','ai_response':{'success':true,'response':'It is on'}}");
    }

    @Test
    void speech_synthesis() {
        isWritten(
                CODECS.ttsRequest(),
                TtsRequest.builder()
                        .text("It is on")
                        .voice("amy")
                        .sessionId("s-1")
                        .build(),
                "{'text':'It is on','voice':'amy','session_id':'s-1'}");
        isWritten(
                CODECS.ttsResponse(),
                TtsResponse.builder()
                        .sessionId("s-1")
                        .synthesis(Synthesis.builder()
                                .success(true)
                                .audioPath("/tmp/a.wav")
                                .sampleRateHertz(22_050)
                                .voice("amy")
                                .engine("piper")
                                .processingTime(Duration.ofMillis(250))
                                .build())
                        .build(),
                "{'session_id':'s-1','synthesis':{'success':true,'audio_path':'/tmp/a.wav','sample_rate':22050,"
                        + "'voice':'amy','engine':'piper','processing_time':0.25}}");
    }

    @Test
    void voice_router() {
        isWritten(
                CODECS.voiceError(),
                VoiceError.builder()
                        .error("no engine")
                        .sessionId("s-1")
                        .originalRequest(JsonObject.empty())
                        .build(),
                "{'error':'no engine','session_id':'s-1','original_request':{}}");
        isWritten(
                CODECS.voiceRoute(),
                VoiceRoute.builder().sessionId("s-1").text("light").target("ai").build(),
                "{'session_id':'s-1','text':'light','target':'ai'}");
        isWritten(
                CODECS.voiceSession(),
                VoiceSession.builder().sessionId("s-1").timestamp(NOON).build(),
                "{'session_id':'s-1','timestamp':1757332800.0}");
        isWritten(
                CODECS.spokenCommand(),
                SpokenCommand.builder()
                        .text("turn on the light")
                        .sessionId("s-1")
                        .language("en")
                        .confidence(0.5)
                        .build(),
                "{'text':'turn on the light','session_id':'s-1','language':'en','confidence':0.5}");
        isWritten(
                CODECS.spokenAnswer(),
                SpokenAnswer.builder()
                        .text("It is on")
                        .sessionId("s-1")
                        .language("en")
                        .build(),
                "{'text':'It is on','session_id':'s-1','language':'en'}");
    }

    @Test
    void services() {
        isWritten(
                CODECS.serviceRegistration(),
                ServiceRegistration.builder()
                        .serviceName("tts_service")
                        .status(Availability.ONLINE)
                        .timestamp(NOON)
                        .addCapabilities(Capability.of("text_to_speech"))
                        .addCapabilities(Capability.builder()
                                .name("voices")
                                .version("2")
                                .parameters(JsonObject.builder().put("max", 3).build())
                                .build())
                        .version("1.0.0")
                        .build(),
                "{'service_name':'tts_service','status':'online','timestamp':1757332800.0,'capabilities':"
                        + "['text_to_speech',{'name':'voices','version':'2','parameters':{'max':3}}],'version':'1.0.0'}");
        isWritten(
                CODECS.serviceUnregistration(),
                ServiceUnregistration.builder()
                        .serviceName("tts_service")
                        .status(Availability.OFFLINE)
                        .timestamp(NOON)
                        .reason("update")
                        .build(),
                "{'service_name':'tts_service','status':'offline','timestamp':1757332800.0,'reason':'update'}");
        isWritten(
                CODECS.healthReport(),
                HealthReport.builder()
                        .serviceName("tts_service")
                        .status(HealthReport.Status.UNHEALTHY)
                        .uptime(Duration.ofMinutes(1))
                        .messagesProcessed(Long.MAX_VALUE)
                        .errors(0)
                        .timestamp(NOON)
                        .build(),
                "{'service_name':'tts_service','status':'unhealthy','uptime':60,"
                        + "'messages_processed':9223372036854775807,'errors':0,'timestamp':1757332800.0}");
        isWritten(
                CODECS.healthRequest(),
                HealthRequest.builder()
                        .serviceName("tts_service")
                        .timestamp(NOON)
                        .build(),
                "{'service_name':'tts_service','timestamp':1757332800.0}");
        isWritten(CODECS.healthRequest(), HealthRequest.builder().build(), "{}");
    }

    @Test
    void a_user_maps_own_types_with_functions_or_with_jackson() {
        PayloadCodec<Duration> duration = PayloadCodec.text().as(Duration::parse, Duration::toString);
        PayloadCodec<Integer> number = PayloadCodec.text().as(Integer::valueOf, String::valueOf);

        assertThat(duration.decode(duration.encode(Duration.ofMinutes(5)))).isEqualTo(Duration.ofMinutes(5));
        assertThat(number.contentType()).isEqualTo("text/plain");
        assertThatThrownBy(() -> number.decode(new byte[] {'x'}))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("\"x\"");
    }
}
