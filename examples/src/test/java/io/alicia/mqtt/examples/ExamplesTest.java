package io.alicia.mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Each small example runs to its end and tells what its javadoc promises. */
@ResourceLock(Resources.SYSTEM_OUT)
class ExamplesTest {

    @Test
    void quick_start() {
        assertThat(outputOf(QuickStart::main)).contains("temperatureCelsius=26.5");
    }

    @Test
    void sensor_readings() {
        assertThat(outputOf(SensorReadings::main)).contains("It is warm", "living_room", "26.5");
    }

    @Test
    void device_commands() {
        assertThat(outputOf(DeviceCommands::main)).contains("The bulb is told to turn_on", "The bulb answers: done");
    }

    @Test
    void refusals() {
        assertThat(outputOf(Refusals::main))
                .contains("The policy says: denied PUBLISH alicia/devices/hall/command", "The broker says: ");
    }

    @Test
    void own_topics() {
        assertThat(outputOf(OwnTopics::main)).contains("The pump pond runs in mode eco");
    }

    @Test
    void motion_light() {
        assertThat(outputOf(MotionLight::main)).contains("The hall light is told to turn_on");
    }

    @Test
    void speaker_volume() {
        assertThat(outputOf(SpeakerVolume::main)).contains("The speaker is at 35 %");
    }

    @Test
    void voice_pipeline() {
        assertThat(outputOf(VoicePipeline::main)).contains("The house says: You said: turn on the kitchen light");
    }

    @Test
    void late_joiner() {
        assertThat(outputOf(LateJoiner::main)).contains("The hall bulb is at 75 %");
    }

    @Test
    void indoor_climate() {
        assertThat(outputOf(IndoorClimate::main)).contains("Home Assistant shows", "22.5");
    }

    @Test
    void protobuf_payloads() {
        assertThat(outputOf(ProtobufPayloads::main)).contains("The cat was fed at 2026-01-01T00:00:00Z");
    }

    @Test
    void home_assistant_light() {
        assertThat(outputOf(HomeAssistantLight::main)).contains("There is a light", "It is on at 40 %");
    }

    private static String outputOf(Consumer<String[]> example) {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            example.accept(new String[0]);
        } finally {
            System.setOut(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
