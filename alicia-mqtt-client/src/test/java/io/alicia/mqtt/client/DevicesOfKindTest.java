package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.Devices;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices whose topics have their kind, {@code alicia/devices/sonos/kitchen/…}, with servers that nobody here wrote. */
class DevicesOfKindTest extends RealServers {

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void a_speaker_tells_its_status_to_whoever_comes_later(MqttVersion version, ServerAddress server) {
        DeviceOfKind speaker = new DeviceOfKind("sonos", DeviceId.of(uniqueId("kitchen")));
        SpeakerStatus status = SpeakerStatus.builder()
                .deviceId(speaker.deviceId())
                .playbackState(PlaybackState.PLAYING)
                .volumePercent(30)
                .build();
        client(version, server).devices().publish("sonos", status).blockingAwait();

        Devices app = client(version, server).devices();

        assertThat(app.status(speaker).timeout(5, TimeUnit.SECONDS).blockingFirst())
                .isEqualTo(status);
        Received<DeviceOfKind, DeviceStatus> received = app.statusesOfKind()
                .filter(any -> any.levels().equals(speaker))
                .timeout(5, TimeUnit.SECONDS)
                .blockingFirst();
        assertThat(received.payload()).isEqualTo(status);
        assertThat(received.topic().value()).isEqualTo("alicia/devices/sonos/" + speaker.deviceId() + "/status");
    }

    @ParameterizedTest
    @MethodSource("versionsAndServers")
    void a_speaker_gets_the_commands_for_it_and_no_others(MqttVersion version, ServerAddress server) {
        DeviceOfKind speaker = new DeviceOfKind("sonos", DeviceId.of(uniqueId("kitchen")));
        AliciaMqtt kitchen = client(version, server);
        TestSubscriber<Command> commands = kitchen.devices().commands(speaker).test();
        kitchen.subscribed().blockingAwait();
        Devices app = client(version, server).devices();

        app.send(new DeviceOfKind("sonos", DeviceId.of("attic")), Command.play())
                .andThen(app.send(new DeviceOfKind("bulb", speaker.deviceId()), Command.toggle()))
                .andThen(app.device(speaker.deviceId().value()).send(Command.stop()))
                .andThen(app.send(speaker, Command.setVolume(30)))
                .andThen(app.send(speaker, Command.pause()))
                .blockingAwait();

        commands.awaitCount(2);
        assertThat(commands.values())
                .extracting(Command::name)
                .containsExactly(CommandNames.SET_VOLUME, CommandNames.PAUSE);
        assertThat(commands.values().get(0).volumePercent()).hasValue(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "#", "a/b", "a\u0000"})
    void a_kind_that_is_no_level_is_refused_at_the_call(String kind) {
        Devices devices = client(MqttVersion.MQTT_5, mosquitto.tcp()).devices();
        DeviceOfKind device = new DeviceOfKind(kind, DeviceId.of("kitchen"));
        SpeakerStatus status =
                SpeakerStatus.builder().deviceId(device.deviceId()).build();

        assertThatThrownBy(() -> devices.send(device, Command.play())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> devices.commands(device)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> devices.status(device)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> devices.publish(kind, status)).isInstanceOf(IllegalArgumentException.class);
    }
}
