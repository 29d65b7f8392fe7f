package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.testkit.As;
import io.alicia.mqtt.testkit.MessageProbe;
import io.alicia.mqtt.testkit.MqttTest;
import org.junit.jupiter.api.Test;

@MqttTest
class HallLightTest {
    @Test
    void turns_on(@As("mobile_app") AliciaMqtt app, MessageProbe probe) {
        app.commands().send("hall", Command.turnOn()).blockingAwait();

        probe.awaits("alicia/commands/hall");
    }
}
