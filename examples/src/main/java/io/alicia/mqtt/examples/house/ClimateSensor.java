package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.core.Completable;
import java.time.InstantSource;

/** An ESP32 that measures temperature and humidity. */
final class ClimateSensor {

    private final AliciaMqtt alicia;
    private final DeviceId deviceId;
    private final InstantSource clock;
    private final Narrator narrator;

    ClimateSensor(AliciaMqtt alicia, String deviceId, InstantSource clock, Narrator narrator) {
        this.alicia = alicia;
        this.deviceId = DeviceId.of(deviceId);
        this.clock = clock;
        this.narrator = narrator;
    }

    Completable measures(double temperatureCelsius, double humidityPercent) {
        SensorReading reading = SensorReading.builder()
                .deviceId(deviceId)
                .deviceType("climate_sensor")
                .temperatureCelsius(temperatureCelsius)
                .humidityPercent(humidityPercent)
                .timestamp(clock.instant())
                .build();
        return alicia.sensors()
                .publish(reading)
                .doOnSubscribe(start -> narrator.tells(
                        deviceId.value(),
                        "measures " + temperatureCelsius + " °C, " + humidityPercent + " %",
                        "alicia/sensors/" + deviceId));
    }

    /** What it must not do: command a bulb. */
    Completable triesToCommand(String bulb) {
        return alicia.devices()
                .device(bulb)
                .send(Command.turnOff())
                .doOnSubscribe(start -> narrator.tells(
                        deviceId.value(), "tries to turn " + bulb + " off", "alicia/devices/" + bulb + "/command"));
    }
}
