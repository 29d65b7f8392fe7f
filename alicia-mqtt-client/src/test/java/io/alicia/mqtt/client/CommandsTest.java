package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands and their answers, with servers that nobody here wrote. */
class CommandsTest extends RealServers {

    @ParameterizedTest
    @MethodSource("versionsServersAndSockets")
    void asks_a_light_and_gets_its_answer(MqttVersion version, ServerAddress server) {
        AliciaMqtt lamp = client(version, server);
        Disposable answering = lamp.devices().light("kitchen").onCommand(command -> {
            assertThat(command.name()).isEqualTo(CommandNames.TURN_ON);
            int percent = command.brightness().orElseThrow().percent();
            return Single.just(CommandResult.builder()
                    .success(true)
                    .message("at " + percent + " %")
                    .build());
        });
        lamp.subscribed().blockingAwait();
        AliciaMqtt app = client(version, server);

        CommandResult result = app.devices()
                .light("kitchen")
                .turnOn(Brightness.percent(75))
                .timeout(5, TimeUnit.SECONDS)
                .blockingGet();

        assertThat(result.success()).isTrue();
        assertThat(result.message()).contains("at 75 %");
        assertThat(result.command()).contains(CommandNames.TURN_ON);
        answering.dispose();
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void keeps_many_requests_apart(MqttVersion version, ServerAddress server) {
        AliciaMqtt service = client(version, server);
        Disposable answering = service.commands()
                .onCommand(
                        "echo",
                        command -> Single.just(CommandResult.builder()
                                .success(true)
                                .message(command.message().orElseThrow())
                                .build()));
        service.subscribed().blockingAwait();
        AliciaMqtt app = client(version, server);

        List<String> answers = Flowable.range(0, 50)
                .flatMapSingle(i -> app.commands()
                        .command("echo", Command.announce("n" + i))
                        .map(result -> {
                            assertThat(result.message()).contains("n" + i);
                            return result.message().orElseThrow();
                        }))
                .toList()
                .blockingGet();

        assertThat(answers).hasSize(50).doesNotHaveDuplicates();
        answering.dispose();
    }

    /** A bridge: it has another device do the work, and passes on what that answers. */
    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void passes_the_answer_of_another_device_on_to_whoever_asked(MqttVersion version, ServerAddress server) {
        AliciaMqtt lamp = client(version, server);
        Disposable answering = lamp.devices()
                .device("behind")
                .onCommand(command -> Single.just(CommandResult.builder()
                        .success(true)
                        .message("done behind")
                        .build()));
        AliciaMqtt bridge = client(version, server);
        Disposable bridging = bridge.devices()
                .device("bridge")
                .onCommand(command -> bridge.devices().device("behind").command(Command.turnOff()));
        lamp.subscribed().blockingAwait();
        bridge.subscribed().blockingAwait();
        AliciaMqtt app = client(version, server);

        CommandResult result = app.devices()
                .device("bridge")
                .command(Command.turnOn())
                .timeout(5, TimeUnit.SECONDS)
                .blockingGet();

        assertThat(result.message()).contains("done behind");
        assertThat(result.command()).contains(CommandNames.TURN_ON);
        bridging.dispose();
        answering.dispose();
    }

    @Test
    void tells_a_handlers_failure_to_whoever_asked() {
        AliciaMqtt lamp = client(MqttVersion.MQTT_5, mosquitto.tcp());
        Disposable answering = lamp.devices().light("broken").onCommand(command -> {
            throw new IllegalStateException("bulb is loose");
        });
        lamp.subscribed().blockingAwait();

        CommandResult result = client(MqttVersion.MQTT_5, mosquitto.tcp())
                .devices()
                .light("broken")
                .turnOn()
                .blockingGet();

        assertThat(result.success()).isFalse();
        assertThat(result.error()).contains("bulb is loose");
        answering.dispose();
    }

    @Test
    void fails_a_command_that_nobody_answers() {
        AliciaMqtt lamp = client(MqttVersion.MQTT_5, mosquitto.tcp());
        Disposable listening = lamp.devices().light("silent").commands().subscribe();
        lamp.subscribed().blockingAwait();
        AliciaMqtt app = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .commandTimeout(Duration.ofMillis(200))
                .connect();

        app.devices()
                .light("silent")
                .turnOn()
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(TimeoutException.class);
        app.close();
        listening.dispose();
    }

    /**
     * Its answers are retained, as everything is that some devices send; now it is switched off at the wall. Not with Moquette,
     * which sends them without the RETAIN flag, against [MQTT-3.3.1-8], so that nobody can tell them from new ones.
     */
    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    void does_not_take_an_answer_of_last_week_for_that_of_a_silent_device(MqttVersion version) {
        ServerAddress server = mosquitto.tcp();
        String lamp = uniqueId("lamp");
        AliciaMqtt house = client(version, server);
        house.topic(TopicTemplate.of("alicia/devices/{device}/response"), PayloadCodec.text())
                .withRetained(true)
                .publish(lamp, "{\"success\": true, \"command\": \"turn_on\"}")
                .blockingAwait();
        Disposable listening = house.devices().light(lamp).commands().subscribe();
        house.subscribed().blockingAwait();
        AliciaMqtt app = AliciaMqttClient.builder()
                .server(server)
                .version(version)
                .commandTimeout(Duration.ofMillis(500))
                .connect();

        app.devices().light(lamp).turnOn().test().awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);
        app.close();
        listening.dispose();
    }

    @Test
    void fails_a_command_at_once_when_the_server_says_that_nobody_is_there() {
        AliciaMqtt app = client(MqttVersion.MQTT_5, mosquitto.tcp());

        app.devices()
                .light("nobody")
                .turnOn()
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(PublishFailedException.class);
    }
}
