package io.alicia.mqtt.topic;

import static io.alicia.mqtt.topic.AliciaTopic.event;
import static io.alicia.mqtt.topic.AliciaTopic.state;
import static io.alicia.mqtt.topic.TopicLevel.deviceId;
import static io.alicia.mqtt.topic.TopicLevel.oneOf;
import static io.alicia.mqtt.topic.TopicLevel.text;
import static io.alicia.mqtt.topic.TopicLevel.textExcept;

import io.alicia.mqtt.protocol.Qos;
import java.util.List;

/**
 * Every topic of the house, once, with its RETAIN flag and QoS. A Topic Name belongs to at most one of them, whatever
 * their filters match. What each carries is in {@code io.alicia.mqtt.codec.AliciaMessages}.
 */
public final class AliciaTopics {

    /** Device to house: a reading with several measurements. */
    public static final AliciaTopic<DeviceId> SENSOR_READING =
            state(TopicTemplate.of("alicia/sensors/{deviceId}", deviceId()));

    /** Device to house: one measurement as text, such as {@code 23.5} or {@code ON}. */
    public static final AliciaTopic<SensorMeasurement> SENSOR_MEASUREMENT = state(TopicTemplate.of(
            "alicia/sensors/{deviceId}/{measurement}",
            deviceId(),
            textExcept("status"),
            SensorMeasurement::new,
            SensorMeasurement::deviceId,
            SensorMeasurement::measurement));

    /** Device to house: {@code online} or {@code offline}, the sensor's Will Message. */
    public static final AliciaTopic<DeviceId> SENSOR_AVAILABILITY =
            state(TopicTemplate.of("alicia/sensors/{deviceId}/status", deviceId()));

    /** Device to house: the status of a bulb, speaker or other device. */
    public static final AliciaTopic<DeviceId> DEVICE_STATUS =
            state(TopicTemplate.of("alicia/devices/{deviceId}/status", deviceId()));

    /** Device to house: {@code online} or {@code offline}, the device's Will Message. */
    public static final AliciaTopic<DeviceId> DEVICE_AVAILABILITY =
            state(TopicTemplate.of("alicia/devices/{deviceId}/availability", deviceId()));

    /** House to device: a command, usually in an envelope. */
    public static final AliciaTopic<DeviceId> DEVICE_COMMAND =
            event(TopicTemplate.of("alicia/devices/{deviceId}/command", deviceId()));

    /** House to device: a command, as the mobile app sends it. */
    public static final AliciaTopic<DeviceId> DEVICE_CONTROL =
            event(TopicTemplate.of("alicia/devices/{deviceId}/control", deviceId()));

    /** Device to house: what became of a command. */
    public static final AliciaTopic<DeviceId> DEVICE_RESPONSE =
            event(TopicTemplate.of("alicia/devices/{deviceId}/response", deviceId()));

    /** {@link #DEVICE_STATUS}, one level deeper: {@code alicia/devices/sonos/kitchen/status}. */
    public static final AliciaTopic<DeviceOfKind> DEVICE_OF_KIND_STATUS =
            state(ofKind("alicia/devices/{kind}/{deviceId}/status"));

    /** {@link #DEVICE_COMMAND}, one level deeper: {@code alicia/devices/sonos/kitchen/command}. */
    public static final AliciaTopic<DeviceOfKind> DEVICE_OF_KIND_COMMAND =
            event(ofKind("alicia/devices/{kind}/{deviceId}/command"));

    /** House to speakers: an announcement. */
    public static final AliciaTopic<NoLevels> SPEAKERS_ANNOUNCE =
            event(TopicTemplate.fixed("alicia/devices/speakers/announce"));

    /** House to target: a command, whatever kind of thing the target is. */
    public static final AliciaTopic<String> COMMAND = event(TopicTemplate.of("alicia/commands/{target}"));

    /** {@link #COMMAND}, one level deeper: {@code alicia/commands/sonos/kitchen}, {@code alicia/commands/sonos/volume}. */
    public static final AliciaTopic<TargetOfKind> COMMAND_OF_KIND = event(TopicTemplate.of(
            "alicia/commands/{kind}/{target}",
            text(),
            textExcept("response"),
            TargetOfKind::new,
            TargetOfKind::kind,
            TargetOfKind::target));

    /** Target to house: what became of a command, where MQTT 5 Response Topics are not in use. */
    public static final AliciaTopic<String> COMMAND_RESPONSE =
            event(TopicTemplate.of("alicia/commands/{target}/response"));

    /** Voice to house: a spoken command as it was understood. */
    public static final AliciaTopic<NoLevels> VOICE_COMMAND = event(TopicTemplate.fixed("alicia/voice/command"));

    /** House to voice: an answer to speak. */
    public static final AliciaTopic<NoLevels> VOICE_RESPONSE = event(TopicTemplate.fixed("alicia/voice/response"));

    /** Within the voice pipeline: request, response and error of each stage. */
    public static final AliciaTopic<VoiceExchange> VOICE_STAGE = event(TopicTemplate.of(
            "alicia/voice/{stage}/{part}",
            oneOf(VoiceStage.class),
            oneOf(VoiceExchange.Part.class),
            VoiceExchange::new,
            VoiceExchange::stage,
            VoiceExchange::part));

    /** Voice router: where a command goes. */
    public static final AliciaTopic<NoLevels> VOICE_COMMAND_ROUTE =
            event(TopicTemplate.fixed("alicia/voice/command/route"));

    /** Voice router: a session starts or ends. */
    public static final AliciaTopic<VoiceSessionEvent> VOICE_SESSION =
            event(TopicTemplate.of("alicia/voice/session/{event}", oneOf(VoiceSessionEvent.class)));

    /** Voice router: the pipeline as a whole failed. */
    public static final AliciaTopic<NoLevels> VOICE_PIPELINE_ERROR =
            event(TopicTemplate.fixed("alicia/voice/pipeline/error"));

    /** Microphone to speech recognition: binary audio. */
    public static final AliciaTopic<NoLevels> VOICE_AUDIO =
            new AliciaTopic<>(TopicTemplate.fixed("alicia/voice/audio/stream"), false, Qos.AT_MOST_ONCE);

    /** House to speakers, older: an announcement. */
    public static final AliciaTopic<NoLevels> TTS_ANNOUNCE = event(TopicTemplate.fixed("alicia/tts/announce"));

    /** Speakers to house, older: what became of an announcement. */
    public static final AliciaTopic<NoLevels> TTS_STATUS = event(TopicTemplate.fixed("alicia/tts/status"));

    /** Service to house: it is there, or about to go. */
    public static final AliciaTopic<ServicePresence> SERVICE_PRESENCE =
            event(TopicTemplate.of("alicia/system/discovery/{presence}", oneOf(ServicePresence.class)));

    /** Service to house: its health. */
    public static final AliciaTopic<String> SERVICE_HEALTH =
            event(TopicTemplate.of("alicia/system/health/{service}", textExcept("check")));

    /** House to services: a request for a health report. */
    public static final AliciaTopic<NoLevels> SERVICE_HEALTH_CHECK =
            event(TopicTemplate.fixed("alicia/system/health/check"));

    /** Device to Home Assistant: the discovery of one entity, under Home Assistant's default discovery prefix. */
    public static final AliciaTopic<DiscoveryObject> DISCOVERY = state(TopicTemplate.of(
            "homeassistant/{component}/{objectId}/config",
            textExcept("device"),
            text(),
            DiscoveryObject::new,
            DiscoveryObject::component,
            DiscoveryObject::objectId));

    /** {@link #DISCOVERY} with a node id between component and object id. */
    public static final AliciaTopic<DiscoveryObjectOfNode> DISCOVERY_OF_NODE = state(TopicTemplate.of(
            "homeassistant/{component}/{nodeId}/{objectId}/config",
            textExcept("device"),
            text(),
            text(),
            DiscoveryObjectOfNode::new,
            DiscoveryObjectOfNode::component,
            DiscoveryObjectOfNode::nodeId,
            DiscoveryObjectOfNode::objectId));

    /** Device to Home Assistant: the discovery of a device with all its entities at once. */
    public static final AliciaTopic<String> DEVICE_DISCOVERY =
            state(TopicTemplate.of("homeassistant/device/{objectId}/config"));

    /** Home Assistant to all: {@code online} at birth, {@code offline} as its Will Message. */
    public static final AliciaTopic<NoLevels> HOME_ASSISTANT_STATUS =
            new AliciaTopic<>(TopicTemplate.fixed("homeassistant/status"), false, Qos.AT_MOST_ONCE);

    private static final List<AliciaTopic<?>> ALL = List.of(
            SENSOR_READING,
            SENSOR_MEASUREMENT,
            SENSOR_AVAILABILITY,
            DEVICE_STATUS,
            DEVICE_AVAILABILITY,
            DEVICE_COMMAND,
            DEVICE_CONTROL,
            DEVICE_RESPONSE,
            DEVICE_OF_KIND_STATUS,
            DEVICE_OF_KIND_COMMAND,
            SPEAKERS_ANNOUNCE,
            COMMAND,
            COMMAND_OF_KIND,
            COMMAND_RESPONSE,
            VOICE_COMMAND,
            VOICE_RESPONSE,
            VOICE_STAGE,
            VOICE_COMMAND_ROUTE,
            VOICE_SESSION,
            VOICE_PIPELINE_ERROR,
            VOICE_AUDIO,
            TTS_ANNOUNCE,
            TTS_STATUS,
            SERVICE_PRESENCE,
            SERVICE_HEALTH,
            SERVICE_HEALTH_CHECK,
            DISCOVERY,
            DISCOVERY_OF_NODE,
            DEVICE_DISCOVERY,
            HOME_ASSISTANT_STATUS);

    private AliciaTopics() {}

    /** {@return all of them, in the order of the contract} */
    public static List<AliciaTopic<?>> all() {
        return ALL;
    }

    private static TopicTemplate<DeviceOfKind> ofKind(String template) {
        return TopicTemplate.of(
                template, text(), deviceId(), DeviceOfKind::new, DeviceOfKind::kind, DeviceOfKind::deviceId);
    }
}
