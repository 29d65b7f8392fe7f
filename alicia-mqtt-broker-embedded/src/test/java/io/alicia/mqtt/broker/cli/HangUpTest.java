package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HangUpTest {

    private final List<String> done = new ArrayList<>();
    private final HangUp hangUp = new HangUp();

    @Test
    void those_that_come_while_the_broker_starts_are_done_once_when_it_runs() {
        hangUp.heard();
        hangUp.heard();
        assertThat(done).isEmpty();

        hangUp.from(() -> done.add("reload"));
        assertThat(done).containsExactly("reload");
    }

    @Test
    void each_that_comes_later_is_done() {
        hangUp.from(() -> done.add("reload"));
        assertThat(done).isEmpty();

        hangUp.heard();
        hangUp.heard();
        assertThat(done).containsExactly("reload", "reload");
    }
}
