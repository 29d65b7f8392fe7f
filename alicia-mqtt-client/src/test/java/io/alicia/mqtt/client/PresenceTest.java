package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.server.FaultyNetwork;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a client comes, shows that it is there, and goes. */
class PresenceTest extends RealServers {

    @Test
    void refuses_wrong_credentials_without_showing_them() {
        try (Mosquitto strict = Mosquitto.start(
                List.of("password_file " + Mosquitto.passwordFile("bulb", "right"), "allow_anonymous false"))) {
            AliciaMqttClientBuilder builder =
                    AliciaMqttClient.builder().server(strict.tcp()).account("bulb", "s3cret-and-wrong");

            assertThatThrownBy(builder::connect)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void answers_requests_for_a_health_report_that_are_for_it() {
        AliciaMqtt service = client(MqttVersion.MQTT_5, mosquitto.tcp());
        Disposable answering = service.services()
                .answerHealthRequests(
                        "speech",
                        () -> HealthReport.builder()
                                .serviceName("speech")
                                .status(HealthReport.Status.HEALTHY)
                                .build());
        AliciaMqtt operator = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<HealthReport> reports =
                operator.services().healthReports().test();
        service.subscribed().blockingAwait();
        operator.subscribed().blockingAwait();

        operator.services()
                .requestHealth(HealthRequest.builder().serviceName("other").build())
                .blockingAwait();
        operator.services().requestHealth(HealthRequest.builder().build()).blockingAwait();

        reports.awaitCount(1);
        assertThat(reports.values()).extracting(HealthReport::serviceName).containsExactly("speech");
        answering.dispose();
    }

    /** As {@code mosquitto_pub -t alicia/system/health/check -n} asks. */
    @Test
    void answers_a_request_for_a_health_report_without_a_payload() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        String name = uniqueId("speech");
        Disposable answering = alicia.services()
                .answerHealthRequests(
                        name,
                        () -> HealthReport.builder()
                                .serviceName(name)
                                .status(HealthReport.Status.HEALTHY)
                                .build());
        TestSubscriber<HealthReport> reports = alicia.services().healthReports().test();
        alicia.subscribed().blockingAwait();

        alicia.topic(TopicTemplate.of("alicia/system/health/{service}"), PayloadCodec.bytes())
                .publish("check", new byte[0])
                .blockingAwait();

        reports.awaitCount(1);
        assertThat(reports.values()).extracting(HealthReport::serviceName).containsExactly(name);
        answering.dispose();
    }

    @Test
    void leaves_no_thread_and_completes_its_streams_when_it_is_closed() {
        AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .clientIdentifier("goner")
                .connect();
        TestSubscriber<SensorReading> readings = alicia.sensors().readings().test();
        alicia.sensors().publish(reading("goner", 1)).blockingAwait();

        alicia.close();

        readings.awaitDone(1, TimeUnit.SECONDS).assertComplete();
        Awaitility.await().until(() -> !isThreadNamed("goner"));
        assertThat(alicia.topic(ROOMS, PayloadCodec.text())
                        .publishForResult("a", "b")
                        .timeout(5, TimeUnit.SECONDS)
                        .blockingGet())
                .isInstanceOf(PublishResult.Dropped.class);
    }

    @Test
    void leaves_no_thread_when_nobody_waits_for_its_connection_any_more() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Disposable waiting = AliciaMqttClient.builder()
                    .server("mqtt://127.0.0.1:" + silent.getLocalPort())
                    .clientIdentifier("unwanted")
                    .connectAsync()
                    .subscribe();
            Awaitility.await().until(() -> isThreadNamed("unwanted"));

            waiting.dispose();

            Awaitility.await().until(() -> !isThreadNamed("unwanted"));
        }
    }

    @Test
    void leaves_no_thread_when_whoever_waits_for_its_connection_is_interrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AliciaMqttClientBuilder builder = AliciaMqttClient.builder()
                    .server("mqtt://127.0.0.1:" + silent.getLocalPort())
                    .clientIdentifier("orphan");
            AtomicBoolean staysInterrupted = new AtomicBoolean();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(
                    () -> {
                        failure.set(catchThrowable(builder::connect));
                        staysInterrupted.set(Thread.currentThread().isInterrupted());
                    },
                    "caller");
            caller.start();
            Awaitility.await().until(() -> isThreadNamed("orphan"));

            caller.interrupt();
            caller.join();

            assertThat(failure.get()).hasCauseInstanceOf(InterruptedException.class);
            assertThat(staysInterrupted).isTrue();
            Awaitility.await().until(() -> !isThreadNamed("orphan"));
        }
    }

    private static boolean isThreadNamed(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().contains(part));
    }

    @Test
    void knows_at_once_which_devices_are_there_however_late_one_asks() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        DeviceId lamp = DeviceId.of(uniqueId("lamp"));
        DeviceId bell = DeviceId.of(uniqueId("bell"));
        alicia.devices().publish(lamp.value(), Availability.ONLINE).blockingAwait();
        alicia.devices().publish(bell.value(), Availability.OFFLINE).blockingAwait();
        TestSubscriber<Map<DeviceId, Availability>> first =
                alicia.devices().presence().test();
        Awaitility.await()
                .until(() ->
                        first.values().stream().anyMatch(known -> known.keySet().containsAll(List.of(lamp, bell))));

        Map<DeviceId, Availability> late = alicia.devices().presence().blockingFirst();

        assertThat(late).containsEntry(lamp, Availability.ONLINE).containsEntry(bell, Availability.OFFLINE);
        first.cancel();
    }

    @Test
    void announces_a_device_and_has_its_will_published() {
        AliciaMqtt alicia = client(MqttVersion.MQTT_5, mosquitto.tcp());
        TestSubscriber<String> presence = alicia.devices()
                .device("lamp-7")
                .availability()
                .map(availability -> availability + "")
                .test();
        alicia.subscribed().blockingAwait();
        AliciaMqttClient lamp = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .presence(Presence.ofDevice("lamp-7"))
                .connect();
        presence.awaitCount(1);

        lamp.close();

        presence.awaitCount(2);
        assertThat(presence.values()).containsExactly("ONLINE", "OFFLINE");
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void registers_a_service_and_has_its_end_told_however_it_comes(MqttVersion version, ServerAddress server) {
        AliciaMqtt operator = client(version, server);
        String name = uniqueId("speech");
        TestSubscriber<String> told = Flowable.merge(
                        operator.services().registrations().map(service -> service.serviceName() + " is there"),
                        operator.services()
                                .unregistrations()
                                .map(service -> service.serviceName() + " is "
                                        + service.status().orElseThrow()))
                .filter(line -> line.startsWith(name))
                .test();
        operator.subscribed().blockingAwait();
        Presence presence = Presence.ofService(
                ServiceRegistration.builder().serviceName(name).build());
        AliciaMqttClient polite = AliciaMqttClient.builder()
                .server(server)
                .version(version)
                .presence(presence)
                .connect();
        told.awaitCount(1);
        polite.close();
        told.awaitCount(2);
        try (FaultyNetwork network = new FaultyNetwork(server)) {
            clients.add(AliciaMqttClient.builder()
                    .server(network.address())
                    .version(version)
                    .presence(presence)
                    .connect());
            told.awaitCount(3);
        } // the cable is pulled
        told.awaitCount(4);

        assertThat(told.values())
                .containsExactly(name + " is there", name + " is OFFLINE", name + " is there", name + " is OFFLINE");
    }
}
