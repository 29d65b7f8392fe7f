package io.alicia.mqtt.client.server;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.OfflineQueue;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process that is killed: a sensor that takes readings, a meter that counts, or a service that works on notes. Says line by line what it did, and
 * ends with whoever started it, so that nobody is left behind.
 */
public final class DoomedClient {

    static final TopicTemplate<String> NOTES = TopicTemplate.of("doomed/{room}/note");
    static final TopicTemplate<String> COUNTS = TopicTemplate.of("doomed/{room}/count");
    static final DeviceId SENSOR = DeviceId.of("doomed");

    /** So few under way at a time that a process is killed in the middle. */
    private static final int UNDER_WAY = 4;

    private final CompositeDisposable work = new CompositeDisposable();

    private DoomedClient() {}

    /** {@code sensor SERVER FILE FIRST COUNT}, {@code meter SERVER VERSION FILE FIRST COUNT} or {@code service SERVER LAST}. */
    public static void main(String... words) throws IOException {
        DoomedClient client = new DoomedClient();
        switch (words[0]) {
            case "sensor" ->
                client.takeReadings(
                        words[1], Path.of(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4]));
            case "meter" ->
                client.count(
                        words[1],
                        MqttVersion.valueOf(words[2]),
                        Path.of(words[3]),
                        Integer.parseInt(words[4]),
                        Integer.parseInt(words[5]));
            case "service" -> client.work(words[1], words[2]);
            default -> throw new IllegalArgumentException(words[0]);
        }
        while (System.in.read() >= 0) {
            say("what it is told is not for it");
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Takes readings as fast as the queue has them, and says of each what became of it. */
    private void takeReadings(String server, Path queue, int first, int count) {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(server)
                .sendMaximum(UNDER_WAY)
                .publishDeadline(Duration.ofMillis(50))
                .offlineQueue(OfflineQueue.DEFAULT.onDisk(queue))
                .start();
        TypedTopic<DeviceId, SensorReading> readings =
                alicia.topic(new AliciaMessages(AliciaCodecs.inUtc()).sensorReading());
        work.add(Flowable.range(first, count)
                .flatMapSingle(
                        number -> readings.publishForResult(SENSOR, reading(number))
                                .doOnSuccess(result -> say(result.getClass().getSimpleName() + " " + number)),
                        false,
                        32)
                .subscribe());
    }

    /** Counts with QoS 2 in a session that outlives the process, and says of each number what became of it. */
    private void count(String server, MqttVersion version, Path queue, int first, int count) {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(server)
                .version(version)
                .clientIdentifier("doomed-meter")
                .sessionExpiryInterval(Duration.ofHours(1))
                .publishDeadline(Duration.ofMillis(50))
                .offlineQueue(OfflineQueue.DEFAULT.onDisk(queue))
                .start();
        TypedTopic<String, String> counts =
                alicia.topic(COUNTS, PayloadCodec.text()).withQos(Qos.EXACTLY_ONCE);
        work.add(Flowable.range(first, count)
                .flatMapSingle(
                        number -> counts.publishForResult("cellar", Integer.toString(number))
                                .doOnSuccess(result -> say(result.getClass().getSimpleName() + " " + number)),
                        false,
                        32)
                .subscribe());
    }

    private static SensorReading reading(int number) {
        return SensorReading.builder()
                .deviceId(SENSOR)
                .temperatureCelsius(number)
                .build();
    }

    /** Works on notes, and on all after {@code last} for ever. */
    private void work(String server, String last) {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(server)
                .clientIdentifier("doomed-service")
                .sessionExpiryInterval(Duration.ofHours(1))
                .build();
        work.add(alicia.topic(NOTES, PayloadCodec.text()).onMessage("attic", note -> workOn(note, last)));
        alicia.connect();
        alicia.subscribed().blockingAwait();
        say("ready");
    }

    private static Completable workOn(Received<String, String> note, String last) {
        say("note " + note.payload());
        return note.payload().compareTo(last) > 0 ? Completable.never() : Completable.complete();
    }
}
