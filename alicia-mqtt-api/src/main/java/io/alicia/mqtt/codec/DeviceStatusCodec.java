package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.OtherDeviceStatus;
import io.alicia.mqtt.payload.SpeakerStatus;
import java.util.Set;

/** Reads a status as the type of its device: by {@code device_type}, or else by fields that only speakers have. */
record DeviceStatusCodec(DeviceTables tables) implements JsonCodec<DeviceStatus> {

    private static final Set<String> OF_SPEAKERS = Set.of("speaker_id", "playback_state", "transport_state");

    @Override
    public DeviceStatus fromJson(JsonValue json) {
        JsonObject object = Shapes.object(json);
        if (object.getOrNull("device_type") instanceof JsonString type) {
            return switch (type.value()) {
                case BulbStatus.DEVICE_TYPE -> tables.bulbStatus.fromJson(object);
                case SpeakerStatus.DEVICE_TYPE -> tables.speakerStatus.fromJson(object);
                default -> tables.otherDeviceStatus.fromJson(object);
            };
        }
        return OF_SPEAKERS.stream().anyMatch(name -> Shapes.has(object, name))
                ? tables.speakerStatus.fromJson(object)
                : tables.otherDeviceStatus.fromJson(object);
    }

    @Override
    public JsonValue toJson(DeviceStatus status) {
        if (status instanceof BulbStatus bulb) {
            return tables.bulbStatus.toJson(bulb);
        }
        if (status instanceof SpeakerStatus speaker) {
            return tables.speakerStatus.toJson(speaker);
        }
        return tables.otherDeviceStatus.toJson((OtherDeviceStatus) status);
    }
}
