package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.topic.TopicTemplate;
import java.util.concurrent.TimeUnit;

/** Topics and payloads of your own, in the same typed way as those of the house. */
public final class OwnTopics {

    private OwnTopics() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt alicia = broker.connect("alicia")) {
            TypedTopic<String, String> pumps = alicia.topic(TopicTemplate.of("garden/{pump}/mode"), PayloadCodec.text())
                    .withRetained(true);

            pumps.publish("pond", "eco").blockingAwait();

            pumps.messages()
                    .timeout(5, TimeUnit.SECONDS)
                    .take(1)
                    .blockingForEach(mode ->
                            System.out.println("The pump " + mode.levels() + " runs in mode " + mode.payload()));
        }
    }
}
