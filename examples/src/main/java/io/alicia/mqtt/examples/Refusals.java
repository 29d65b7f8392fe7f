package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.topic.TopicName;

/** A sensor tries to command a bulb: the policy says why not, before anything is sent, and so does the broker. */
public final class Refusals {

    private Refusals() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt sensor = broker.connect("esp32_device")) {
            Decision decision = ExampleBroker.POLICY.decide(
                    "esp32_device", "hall-1", Access.PUBLISH, TopicName.of("alicia/devices/hall/command"));
            System.out.println("The policy says: " + decision);

            try {
                sensor.devices().device("hall").send(Command.turnOff()).blockingAwait();
            } catch (RuntimeException e) {
                if (!(e instanceof PublishFailedException) && !(e.getCause() instanceof PublishFailedException)) {
                    throw e;
                }
                System.out.println("The broker says: " + e.getMessage());
            }
        }
    }
}
