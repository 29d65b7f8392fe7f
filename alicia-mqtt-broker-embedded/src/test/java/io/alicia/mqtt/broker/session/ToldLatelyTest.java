package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.session.ToldLately.Turn;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldLatelyTest {

    private static final TopicName DOOR = TopicName.of("alicia/lock/door");

    private final TestTime time = new TestTime();
    private final ToldLately told = new ToldLately(time);

    @Test
    void each_client_and_topic_is_told_of_once_in_a_period() {
        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.TELL);
        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.KEEP_SILENT);
        assertThat(told.take(null, "phone", DOOR)).isEqualTo(Turn.TELL);
        assertThat(told.take("app", "phone", TopicName.of("alicia/lock/gate"))).isEqualTo(Turn.TELL);
        assertThat(told.take("app", "tablet", DOOR)).isEqualTo(Turn.TELL);

        time.pass(ToldLately.PERIOD);
        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.TELL);
    }

    @Test
    void what_was_told_of_is_news_again_under_other_rules() {
        told.take("app", "phone", DOOR);
        told.forget();

        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.TELL);
    }

    @Test
    void a_flood_of_topics_ends_with_one_line_that_says_so() {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 3 * ToldLately.MOST; i++) {
            turns.add(told.take("app", "phone", TopicName.of("t/" + i)));
        }

        assertThat(turns).filteredOn(Turn.TELL::equals).hasSize(ToldLately.MOST);
        assertThat(turns).filteredOn(Turn.TELL_THAT_IT_IS_ENOUGH::equals).hasSize(1);
        assertThat(turns.get(ToldLately.MOST)).isEqualTo(Turn.TELL_THAT_IT_IS_ENOUGH);
        time.pass(ToldLately.PERIOD);
        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.TELL);
    }

    @Test
    void a_clock_that_is_put_back_does_not_silence_it_for_longer_than_a_period() {
        told.take("app", "phone", DOOR);

        time.pass(Duration.ofDays(-1));
        assertThat(told.take("app", "phone", DOOR)).isEqualTo(Turn.TELL);
    }
}
