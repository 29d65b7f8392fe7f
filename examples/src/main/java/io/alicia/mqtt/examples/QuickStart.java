package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import java.util.UUID;

/** The example of the README, to the letter: a broker, a client, a reading sent and read. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        String secret = UUID.randomUUID().toString();
        EmbeddedBrokerBuilder house = EmbeddedBroker.builder().tcp(0).account("kitchen", secret);
        try (EmbeddedBroker broker = house.start();
                AliciaMqtt alicia = AliciaMqttClient.builder()
                        .server(broker.uri())
                        .account("kitchen", secret)
                        .connect()) {
            SensorReading reading = SensorReading.builder()
                    .deviceId(DeviceId.of("stove"))
                    .temperatureCelsius(26.5)
                    .build();
            alicia.sensors().publish(reading).blockingAwait();

            System.out.println(alicia.sensors().latest("stove").blockingFirst());
        }
    }
}
