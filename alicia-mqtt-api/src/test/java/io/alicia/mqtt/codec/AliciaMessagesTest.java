package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.AliciaTopic;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AliciaMessagesTest {

    private static final Set<AliciaTopic<?>> OF_HOME_ASSISTANT =
            Set.of(AliciaTopics.DISCOVERY, AliciaTopics.DISCOVERY_OF_NODE, AliciaTopics.DEVICE_DISCOVERY);

    private final List<AliciaMessage<?, ?>> all = new AliciaMessages(AliciaCodecs.inUtc()).all();

    @Test
    void every_topic_of_the_house_but_discovery_has_its_payload() {
        List<AliciaTopic<?>> without = new ArrayList<>();
        for (AliciaTopic<?> topic : AliciaTopics.all()) {
            TopicName example = TopicName.of(topic.template()
                    .toString()
                    .replace("{stage}", "ai")
                    .replace("{part}", "error")
                    .replace("{event}", "end")
                    .replace("{presence}", "register")
                    .replaceAll("[{}]", ""));
            assertThat(topic.template().match(example)).as("%s", example).isPresent();
            List<AliciaMessage<?, ?>> messages = all.stream()
                    .filter(message -> message.topic().template().match(example).isPresent())
                    .toList();
            assertThat(messages).as("%s", example).hasSizeLessThan(2);
            if (messages.isEmpty()) {
                without.add(topic);
            } else {
                assertThat(messages.get(0).topic().retained()).isEqualTo(topic.retained());
                assertThat(messages.get(0).topic().qos()).isEqualTo(topic.qos());
            }
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(OF_HOME_ASSISTANT);
    }

    @Test
    void each_stage_of_the_voice_pipeline_has_request_response_and_error() {
        for (String name : List.of("stt", "ai", "tts")) {
            for (String part : List.of("request", "response", "error")) {
                TopicName topic = TopicName.of("alicia/voice/" + name + "/" + part);
                assertThat(all)
                        .filteredOn(message -> message.topic().filter().matches(topic))
                        .hasSize(1);
            }
        }
    }
}
