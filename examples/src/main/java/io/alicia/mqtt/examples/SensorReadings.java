package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A sensor publishes a reading, an app gets it typed; who comes later gets it too, because it is retained. */
public final class SensorReadings {

    private SensorReadings() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt sensor = broker.connect("esp32_device");
                AliciaMqtt app = broker.connect("mobile_app")) {
            sensor.sensors()
                    .publish(SensorReading.builder()
                            .deviceId(DeviceId.of("living_room"))
                            .temperatureCelsius(26.5)
                            .humidityPercent(41)
                            .timestamp(Instant.now())
                            .build())
                    .blockingAwait();

            app.sensors()
                    .readings("living_room")
                    .filter(reading -> reading.temperatureCelsius().orElse(0) > 26)
                    .timeout(5, TimeUnit.SECONDS)
                    .take(1)
                    .blockingForEach(reading -> System.out.println("It is warm: " + reading));
        }
    }
}
