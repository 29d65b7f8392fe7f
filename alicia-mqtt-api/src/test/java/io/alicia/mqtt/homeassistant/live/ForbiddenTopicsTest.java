package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForbiddenTopicsTest {

    private final MemoryLink link = new MemoryLink();

    @Test
    void what_an_entity_could_neither_say_nor_hear_is_told_with_the_rule() {
        link.policy(AccessPolicy.builder()
                .account("hall")
                .mayPublish("alicia/entities/hall/#")
                .mayReceive("alicia/entities/hall/lamp/set")
                .build());

        assertThat(ForbiddenTopics.of(link, List.of(plug("hall/lamp")))).isEmpty();
        assertThat(ForbiddenTopics.of(link, List.of(plug("hall/lamp"), plug("hall/fan"))))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith(
                                "the client's policy keeps it from topics of its entities, which therefore say or hear"
                                        + " nothing: denied RECEIVE alicia/entities/hall/fan/set by hall")
                        .contains("nearest:"));
    }

    @Test
    void a_client_without_a_policy_is_told_nothing_and_one_with_many_such_topics_no_more_than_three() {
        List<EntityShape> shapes = List.of(plug("a"), plug("b"), plug("c"));

        assertThat(ForbiddenTopics.of(link, shapes)).isEmpty();
        link.policy(AccessPolicy.builder().account("hall").mayPublish("x").build());
        assertThat(ForbiddenTopics.of(link, shapes))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("alicia/entities/a/set", "alicia/entities/a/state", "alicia/entities/b/state")
                        .endsWith("; and 3 more"));
    }

    private static EntityShape plug(String id) {
        return new EntityShape(SwitchEntity.builder()
                .commandTopic(TopicName.of("alicia/entities/" + id + "/set"))
                .stateTopic(TopicFilter.of("alicia/entities/" + id + "/state"))
                .build());
    }
}
