package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.homeassistant.live.LiveEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A service that its author can forget about: it tells Home Assistant the average temperature of the house. It stays right
 * when the broker restarts, however late, when its password is rotated and when Home Assistant restarts.
 */
public final class IndoorClimate implements AutoCloseable {

    private final AliciaMqttClient client;
    private final Map<String, Double> temperatures = new ConcurrentHashMap<>();
    private final Disposable running;

    IndoorClimate(AliciaMqttClientBuilder connection) {
        client = connection.start();
        LiveDevice house = client.homeAssistant()
                .device(
                        "house",
                        Device.builder().addIdentifiers("house").name("House").build());
        LiveEntity average = house.sensor("indoor", sensor -> sensor.unitOfMeasurement("°C"));
        running = house.announce()
                .onErrorComplete() // it is announced when there is a connection again
                .andThen(client.sensors().readings())
                .filter(reading -> reading.temperatureCelsius().isPresent())
                .map(this::averageWith)
                .concatMapCompletable(celsius -> average.publish(EntityState.of(celsius))
                        .onErrorComplete()) // the next reading brings a better one
                .subscribe();
    }

    private double averageWith(SensorReading reading) {
        temperatures.put(
                reading.deviceId().value(), reading.temperatureCelsius().orElseThrow());
        return temperatures.values().stream()
                .mapToDouble(celsius -> celsius)
                .average()
                .orElseThrow();
    }

    int rooms() {
        return temperatures.size();
    }

    @Override
    public void close() {
        running.dispose();
        client.close();
    }

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                IndoorClimate climate = new IndoorClimate(AliciaMqttClient.builder()
                        .server(broker.uri())
                        .account("alicia", () -> broker.credentials("alicia")));
                AliciaMqtt esp32 = broker.connect("esp32_device");
                AliciaMqtt homeAssistant = broker.connect("alicia")) {
            for (int celsius : new int[] {20, 25}) {
                esp32.sensors()
                        .publish(SensorReading.builder()
                                .deviceId(DeviceId.of("room-" + celsius))
                                .temperatureCelsius(celsius)
                                .build())
                        .blockingAwait();
            }

            DiscoveredComponent indoor = homeAssistant
                    .homeAssistant()
                    .discovered()
                    .ofType(DiscoveryChange.Appeared.class)
                    .timeout(5, TimeUnit.SECONDS)
                    .blockingFirst()
                    .component();
            homeAssistant
                    .homeAssistant()
                    .entity(indoor, TemplateEngine.jinja())
                    .states()
                    .filter(EntityState.of("22.5")::equals)
                    .timeout(5, TimeUnit.SECONDS)
                    .take(1)
                    .blockingForEach(state ->
                            System.out.println("Home Assistant shows " + state + " of " + climate.rooms() + " rooms"));
        }
    }
}
