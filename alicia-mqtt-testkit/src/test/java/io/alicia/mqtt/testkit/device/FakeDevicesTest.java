package io.alicia.mqtt.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.testkit.As;
import io.alicia.mqtt.testkit.MessageProbe;
import io.alicia.mqtt.testkit.MqttTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@MqttTest
class FakeDevicesTest {

    @Test
    void a_bulb_does_what_it_is_told_and_says_so(
            @As("esp32_device") AliciaMqtt esp32, @As("mobile_app") AliciaMqtt app, MessageProbe probe) {
        FakeBulb hall = FakeBulb.start(esp32, "hall");
        assertThat(hall.isOn()).isFalse();

        CommandResult result =
                app.devices().light("hall").turnOn(Brightness.percent(75)).blockingGet();

        assertThat(result.success()).isTrue();
        assertThat(hall.isOn()).isTrue();
        assertThat(hall.brightness().percent()).isEqualTo(75);
        assertThat(hall.awaitCommand("turn_on").brightness()).isPresent();
        probe.awaits(
                "alicia/devices/hall/status",
                message -> message.payload().toUtf8().contains("\"brightness\":75"));
    }

    @Test
    void a_speaker_is_told_over_the_bus_as_well(
            @As("alicia") AliciaMqtt house, @As("voice_assistant") AliciaMqtt voice) {
        FakeSpeaker kitchen = FakeSpeaker.start(house, "kitchen");

        voice.commands().send("kitchen", Command.setVolume(35)).blockingAwait();

        kitchen.awaitCommand("set_volume");
        assertThat(kitchen.volumePercent()).isEqualTo(35);
    }

    @Test
    void a_sensor_measures_what_the_test_says(@As("esp32_device") AliciaMqtt esp32, MessageProbe probe) {
        try (FakeSensor hall = FakeSensor.start(esp32, "hall")) {
            hall.readsCelsius(21.5);
        }

        probe.awaits("alicia/sensors/hall/status", "online");
        probe.awaits(
                "alicia/sensors/hall", message -> message.payload().toUtf8().contains("21.5"));
        probe.awaits("alicia/sensors/hall/status", "offline");
    }

    @Test
    void what_a_device_was_not_told_it_says_with_what_it_was(
            @As("esp32_device") AliciaMqtt esp32, @As("mobile_app") AliciaMqtt app) {
        FakeBulb hall = FakeBulb.start(esp32, "hall");
        CommandResult result =
                app.devices().light("hall").command(Command.of("dance")).blockingGet();

        assertThat(result.success()).isFalse();
        assertThat(hall.commands()).extracting(Command::name).containsExactly("dance");
        assertThatThrownBy(() -> hall.awaitCommand("turn_on", Duration.ofMillis(20)))
                .hasMessageContaining("hall was not told to turn_on")
                .hasMessageContaining("dance");
    }
}
