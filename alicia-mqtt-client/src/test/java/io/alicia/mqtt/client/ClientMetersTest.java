package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ClientMetersTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FakeTransport transport = new FakeTransport();

    @Test
    void show_what_the_client_does_until_it_is_closed() {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("metered")
                .transport(transport.provider())
                .meters(registry)
                .start();
        publish(alicia);
        publish(alicia);
        assertThat(gauge("connected")).isZero();
        assertThat(gauge("queued.messages")).isEqualTo(2);
        assertThat(gauge("queued.bytes")).isEqualTo(2 * ("story/hall/note".length() + 1));

        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);
        Awaitility.await().until(() -> connection.published.size() == 2);
        assertThat(gauge("connected")).isEqualTo(1);
        assertThat(gauge("unacknowledged")).isEqualTo(2);
        assertThat(gauge("queued.bytes")).isZero();
        assertThat(gauge("underway.bytes")).isEqualTo(2 * ("story/hall/note".length() + 1));
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        connection
                .published
                .get(1)
                .outcome()
                .onSuccess(new PublishOutcome(ReasonCode.NOT_AUTHORIZED, Optional.empty()));

        assertThat(gauge("unacknowledged")).isZero();
        assertThat(gauge("underway.bytes")).isZero();
        assertThat(published("acknowledged")).isEqualTo(1);
        assertThat(published("refused_by_server")).isEqualTo(1);
        assertThat(registry.get("alicia.mqtt.client.publish.duration")
                        .functionTimer()
                        .count())
                .isEqualTo(2);
        assertThat(counter("connections")).isEqualTo(1);
        alicia.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void count_each_attempt_to_connect_that_failed_whatever_it_failed_for() {
        transport.nextFailure = new InternalError("unable to create native thread");
        try (AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .backoff(new Backoff(Duration.ZERO, Duration.ofMinutes(1)))
                .meters(registry)
                .start()) {
            transport.awaitAttempt();
            assertThat(counter("connection.failures")).isEqualTo(1);

            transport
                    .lastAttempt()
                    .answer()
                    .onError(new ConnectFailedException(
                            ServerAddress.of("mqtt://house"), new ConnectFailure.Unreachable("nobody"), null));

            Awaitility.await().until(() -> transport.attempts.size() == 2);
            assertThat(counter("connection.failures")).isEqualTo(2);
            assertThat(alicia.connectionState()).isInstanceOf(ConnectionState.Connecting.class);
        }
    }

    @Test
    void count_what_the_clients_policy_keeps_it_from_saying_commands_included() {
        AccessPolicy policy = AccessPolicy.builder()
                .account("lamp")
                .mayReceive("alicia/commands/#")
                .build();
        try (AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .account("lamp", "secret")
                .clientIdentifier("metered")
                .transport(transport.provider())
                .policy(policy)
                .meters(registry)
                .start()) {
            transport.awaitAttempt();
            FakeConnection connection = transport.accept(false);
            publish(alicia);
            assertThat(published("refused_by_policy")).isEqualTo(1);

            TestObserver<CommandResult> command =
                    alicia.commands().command("hall", Command.turnOn()).test();
            Soon.await().until(() -> !connection.subscribed.isEmpty());
            connection.subscribed.get(0).grant();

            command.awaitDone(5, TimeUnit.SECONDS).assertError(PublishFailedException.class);
            assertThat(published("refused_by_policy")).isEqualTo(2);
        }
    }

    @Test
    void say_that_the_disk_of_the_offline_queue_cannot_be_written(@TempDir Path directory) {
        List<MVStore> opened = new ArrayList<>();
        QueueFile file = new QueueFile(directory.resolve("queue.mv"), () -> {
            if (!opened.isEmpty()) {
                throw new IllegalStateException("no space left on device");
            }
            opened.add(QueueFile.open(directory.resolve("queue.mv")));
            return opened.get(0);
        });
        ClientThreads threads = new ClientThreads("metered", null);
        Core core = new Core(
                ClientSettings.builder()
                        .addServers(ServerAddress.of("mqtt://house"))
                        .clientIdentifier("metered")
                        .build(),
                transport,
                new DiskStore(file, task -> new Thread(task, "metered-disk"), threads.timer()),
                threads,
                new Random(1));
        ClientMeters.of(core, registry);
        assertThat(gauge("queue.disk.broken")).isZero();

        opened.get(0).closeImmediately();
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of("story/hall/note"))
                .payload(BinaryData.ofUtf8("x"))
                .qos(Qos.AT_LEAST_ONCE)
                .build();
        TestObserver<PublishResult> publish =
                core.publish(message, Duration.ofMinutes(1)).test();

        Soon.await().until(() -> gauge("queue.disk.broken") == 1);
        publish.assertNotComplete();
        core.close().blockingAwait();
    }

    @Test
    void keeps_the_meters_of_a_client_when_another_of_its_name_is_closed() {
        AliciaMqttClient first = metered();
        AliciaMqttClient second = metered();

        second.close();

        assertThat(registry.getMeters()).isNotEmpty();
        assertThat(gauge("connected")).isZero();
        first.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    private AliciaMqttClient metered() {
        return AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("metered")
                .transport(new FakeTransport().provider())
                .meters(registry)
                .build();
    }

    private static void publish(AliciaMqttClient alicia) {
        alicia.topic(NOTES, PayloadCodec.text())
                .publishForResult("hall", "x")
                .ignoreElement()
                .onErrorComplete()
                .subscribe();
    }

    private double gauge(String name) {
        return registry.get("alicia.mqtt.client." + name)
                .tag("client", "metered")
                .gauge()
                .value();
    }

    private double counter(String name) {
        return registry.get("alicia.mqtt.client." + name).functionCounter().count();
    }

    private double published(String result) {
        return registry.get("alicia.mqtt.client.published")
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
