package io.alicia.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.Qos;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliciaTopicsTest {

    @ParameterizedTest(name = "{0} belongs to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alicia/sensors/hall|alicia/sensors/{deviceId}",
                "alicia/sensors/hall/temperature|alicia/sensors/{deviceId}/{measurement}",
                "alicia/sensors/hall/status|alicia/sensors/{deviceId}/status",
                "alicia/devices/bulb/status|alicia/devices/{deviceId}/status",
                "alicia/devices/bulb/availability|alicia/devices/{deviceId}/availability",
                "alicia/devices/bulb/command|alicia/devices/{deviceId}/command",
                "alicia/devices/command/command|alicia/devices/{deviceId}/command",
                "alicia/devices/bulb/control|alicia/devices/{deviceId}/control",
                "alicia/devices/bulb/response|alicia/devices/{deviceId}/response",
                "alicia/devices/sonos/kitchen/status|alicia/devices/{kind}/{deviceId}/status",
                "alicia/devices/sonos/kitchen/command|alicia/devices/{kind}/{deviceId}/command",
                "alicia/devices/speakers/announce|alicia/devices/speakers/announce",
                "alicia/commands/bulb|alicia/commands/{target}",
                "alicia/commands/response|alicia/commands/{target}",
                "alicia/commands/sonos/kitchen|alicia/commands/{kind}/{target}",
                "alicia/commands/sonos/volume|alicia/commands/{kind}/{target}",
                "alicia/commands/bulb/response|alicia/commands/{target}/response",
                "alicia/voice/command|alicia/voice/command",
                "alicia/voice/response|alicia/voice/response",
                "alicia/voice/stt/request|alicia/voice/{stage}/{part}",
                "alicia/voice/ai/response|alicia/voice/{stage}/{part}",
                "alicia/voice/tts/error|alicia/voice/{stage}/{part}",
                "alicia/voice/command/route|alicia/voice/command/route",
                "alicia/voice/session/start|alicia/voice/session/{event}",
                "alicia/voice/session/end|alicia/voice/session/{event}",
                "alicia/voice/pipeline/error|alicia/voice/pipeline/error",
                "alicia/voice/audio/stream|alicia/voice/audio/stream",
                "alicia/tts/announce|alicia/tts/announce",
                "alicia/tts/status|alicia/tts/status",
                "alicia/system/discovery/register|alicia/system/discovery/{presence}",
                "alicia/system/discovery/unregister|alicia/system/discovery/{presence}",
                "alicia/system/health/tts_service|alicia/system/health/{service}",
                "alicia/system/health/check|alicia/system/health/check",
                "homeassistant/sensor/t/config|homeassistant/{component}/{objectId}/config",
                "homeassistant/sensor/node/t/config|homeassistant/{component}/{nodeId}/{objectId}/config",
                "homeassistant/device/d/config|homeassistant/device/{objectId}/config",
                "homeassistant/status|homeassistant/status",
            })
    void each_name_of_the_contract_belongs_to_one_row(String name, String template) {
        List<String> rows = AliciaTopics.all().stream()
                .filter(topic -> topic.template().match(TopicName.of(name)).isPresent())
                .map(topic -> topic.template().toString())
                .toList();

        assertThat(rows).containsExactly(template);
    }

    @Test
    void a_name_of_nobody_belongs_to_no_row() {
        for (String name :
                List.of("alicia", "alicia/voice/stt/start", "alicia/voice/x", "alicia/devices/a/b/c", "x/y")) {
            Optional<AliciaTopic<?>> row = AliciaTopics.all().stream()
                    .filter(topic -> topic.template().match(TopicName.of(name)).isPresent())
                    .findAny();
            assertThat(row).as(name).isEmpty();
        }
    }

    @Test
    void states_are_retained_and_events_are_not() {
        List<String> retained = AliciaTopics.all().stream()
                .filter(AliciaTopic::retained)
                .map(topic -> topic.filter().value())
                .toList();

        assertThat(retained)
                .containsExactly(
                        "alicia/sensors/+",
                        "alicia/sensors/+/+",
                        "alicia/sensors/+/status",
                        "alicia/devices/+/status",
                        "alicia/devices/+/availability",
                        "alicia/devices/+/+/status",
                        "homeassistant/+/+/config",
                        "homeassistant/+/+/+/config",
                        "homeassistant/device/+/config");
    }

    @Test
    void only_audio_and_home_assistants_birth_are_sent_at_most_once() {
        List<AliciaTopic<?>> atMostOnce = AliciaTopics.all().stream()
                .filter(topic -> topic.qos() == Qos.AT_MOST_ONCE)
                .toList();

        assertThat(atMostOnce).containsExactly(AliciaTopics.VOICE_AUDIO, AliciaTopics.HOME_ASSISTANT_STATUS);
    }

    @Test
    void all_lists_every_constant() {
        List<Object> constants = Arrays.stream(AliciaTopics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(AliciaTopicsTest::value)
                .toList();

        assertThat(AliciaTopics.all()).isEqualTo(constants);
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_device_called_command_is_still_told_by_its_place() {
        TopicName name = AliciaTopics.DEVICE_COMMAND.name(DeviceId.of("command"));

        assertThat(name).hasToString("alicia/devices/command/command");
        assertThat(AliciaTopics.DEVICE_COMMAND.template().parse(TopicName.of("alicia/devices/bulb/command")))
                .isEqualTo(DeviceId.of("bulb"));
    }
}
