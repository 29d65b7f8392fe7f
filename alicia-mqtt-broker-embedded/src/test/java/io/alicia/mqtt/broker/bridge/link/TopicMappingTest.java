package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicMappingTest {

    private static BridgeTopic line(String pattern, Direction direction, String local, String remote) {
        return new BridgeTopic(pattern, direction, Qos.AT_LEAST_ONCE, local, remote);
    }

    private static String out(TopicMapping mapping, String topic) {
        return mapping.outgoing(TopicName.of(topic)).value();
    }

    private static String in(TopicMapping mapping, String topic) {
        return mapping.incoming(TopicName.of(topic)).value();
    }

    @Test
    void each_side_has_its_prefix_in_place_of_the_other_ones() {
        TopicMapping mapping = new TopicMapping(List.of(line("+/temp", Direction.BOTH, "house/", "cloud/1/")));

        assertThat(out(mapping, "house/hall/temp")).isEqualTo("cloud/1/hall/temp");
        assertThat(in(mapping, "cloud/1/hall/temp")).isEqualTo("house/hall/temp");
    }

    @Test
    void one_side_may_have_no_prefix() {
        TopicMapping mapping = new TopicMapping(List.of(line("#", Direction.OUT, "", "house/")));

        assertThat(out(mapping, "hall/temp")).isEqualTo("house/hall/temp");
    }

    @Test
    void an_empty_pattern_maps_one_topic_onto_another() {
        TopicMapping mapping = new TopicMapping(List.of(line("", Direction.BOTH, "alarm", "house/1/alarm")));

        assertThat(out(mapping, "alarm")).isEqualTo("house/1/alarm");
        assertThat(in(mapping, "house/1/alarm")).isEqualTo("alarm");
    }

    @Test
    void the_first_line_that_matches_in_its_direction_decides() {
        TopicMapping mapping = new TopicMapping(List.of(
                line("a", Direction.IN, "x/", "y/"),
                line("a", Direction.OUT, "x/", "1/"),
                line("#", Direction.OUT, "x/", "2/")));

        assertThat(out(mapping, "x/a")).isEqualTo("1/a");
        assertThat(out(mapping, "x/b")).isEqualTo("2/b");
    }

    @Test
    void a_topic_that_no_line_matches_keeps_its_name() {
        TopicMapping mapping = new TopicMapping(List.of(line("a", Direction.OUT, "x/", "y/")));

        assertThat(out(mapping, "z")).isEqualTo("z");
        assertThat(in(mapping, "y/a")).isEqualTo("y/a");
    }

    @Test
    void prefix_and_pattern_must_be_a_topic_filter() {
        assertThatThrownBy(() -> line("a/#/b", Direction.OUT, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/#/b");
        assertThatThrownBy(() -> line("g/a", Direction.OUT, "$share/", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$share/g/a");
    }
}
