package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane();
    private final List<String> done = new ArrayList<>();

    @Test
    void runs_what_a_step_hands_in_after_that_step() {
        lane.execute(() -> {
            lane.execute(() -> done.add("second"));
            done.add("first");
        });

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void goes_on_after_a_step_for_which_no_thread_could_be_started() {
        lane.execute(() -> {
            lane.execute(() -> done.add("waiting"));
            // An OutOfMemoryError in truth, at which JUnit would end as well.
            throw new InternalError("unable to create native thread");
        });
        lane.execute(() -> done.add("next"));

        assertThat(done).containsExactly("waiting", "next");
    }
}
