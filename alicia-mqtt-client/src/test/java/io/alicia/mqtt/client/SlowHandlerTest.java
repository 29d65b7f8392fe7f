package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.server.FaultyNetwork;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.protocol.MqttVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that has more to do than there is time between two losses of the connection. */
class SlowHandlerTest extends RealServers {

    private static final int MESSAGES = 18; // Mosquitto has 20 under way at most
    private static final int EACH_TIME = 3;

    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    void works_each_message_once_however_often_the_network_goes(MqttVersion version) throws InterruptedException {
        String room = uniqueId("slow");
        List<String> handled = new CopyOnWriteArrayList<>();
        Semaphore work = new Semaphore(0);
        MeterRegistry meters = new SimpleMeterRegistry();
        try (FaultyNetwork network = new FaultyNetwork(mosquitto.tcp());
                AliciaMqttClient service = AliciaMqttClient.builder()
                        .server(network.address())
                        .version(version)
                        .sessionExpiryInterval(Duration.ofMinutes(1))
                        .clientIdentifier(room)
                        .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)))
                        .meters(meters)
                        .connect()) {
            Disposable handling = service.topic(ROOMS, PayloadCodec.text())
                    .onMessage(
                            room,
                            note -> Completable.fromAction(() -> {
                                work.acquire();
                                handled.add(note.payload());
                            }));
            service.subscribed().blockingAwait();
            AliciaMqtt others = client(version, mosquitto.tcp());
            List<String> notes =
                    IntStream.range(0, MESSAGES).mapToObj(i -> "n" + i).toList();
            notes.forEach(note ->
                    others.topic(ROOMS, PayloadCodec.text()).publish(room, note).blockingAwait());
            int arrived = MESSAGES;
            for (int done = EACH_TIME; done <= MESSAGES; done += EACH_TIME) {
                int all = arrived;
                int expected = done;
                // What is handled before its copy has come is acknowledged when that comes, behind what is published
                // below.
                Soon.await().until(() -> received(meters) == all);
                work.release(EACH_TIME);
                Soon.await().until(() -> handled.size() == expected && waiting(meters) == MESSAGES - expected);
                // The server has the acknowledgements when it has taken what comes after them. One that is on its way
                // when the
                // network goes would be handled again: nobody knows whether the server has heard.
                service.topic(ROOMS, PayloadCodec.text())
                        .publish("nobody", "done")
                        .blockingAwait();
                ConnectionState before = service.connectionState();
                network.cut();
                Soon.await()
                        .until(() -> service.connectionState() instanceof ConnectionState.Connected
                                && service.connectionState() != before);
                arrived += MESSAGES - done;
            }
            work.release(MESSAGES);
            others.topic(ROOMS, PayloadCodec.text()).publish(room, "end").blockingAwait();

            Soon.await().until(() -> handled.contains("end"));
            assertThat(handled.subList(0, MESSAGES)).containsExactlyElementsOf(notes);
            assertThat(handled).hasSize(MESSAGES + 1);
            handling.dispose();
        }
    }

    /** Copies included. */
    private static double received(MeterRegistry meters) {
        return meters.get("alicia.mqtt.client.received").functionCounter().count();
    }

    private static double waiting(MeterRegistry meters) {
        return meters.get("alicia.mqtt.client.received.waiting").gauge().value();
    }
}
