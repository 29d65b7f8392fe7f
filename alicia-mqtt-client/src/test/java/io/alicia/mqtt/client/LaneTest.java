package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneTest {

    private static final int MANY = 10 * Lane.SHARE;

    private final Queue<Runnable> relief = new ArrayDeque<>();
    private final Lane lane = new Lane(relief::add);
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

    @Test
    void goes_on_after_a_step_whose_failure_cannot_be_told() {
        lane.execute(() -> {
            throw new Untellable();
        });
        lane.execute(() -> done.add("next"));

        assertThat(done).containsExactly("next");
    }

    /** As the one error that a JVM keeps for when memory has run out: telling it fails with itself. */
    private static final class Untellable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw this;
        }
    }

    @Test
    void keeps_whoever_comes_no_longer_than_for_a_share_and_hands_the_rest_over() {
        lane.execute(() -> others(lane));
        assertThat(done).hasSize(Lane.SHARE);

        lane.execute(() -> done.add("last"));
        assertThat(done).as("there is somebody to do it").hasSize(Lane.SHARE);
        relief.remove().run();
        assertThat(done).as("nor is whoever relieves it kept longer").hasSize(2 * Lane.SHARE);
        workOff();

        List<String> expected = new ArrayList<>(numbers());
        expected.add("last");
        assertThat(done).isEqualTo(expected);
    }

    @Test
    void is_anybodys_again_when_all_is_worked_off() {
        lane.execute(() -> others(lane));
        workOff();

        lane.execute(() -> done.add("at once"));

        assertThat(done).endsWith("at once").hasSize(MANY + 1);
    }

    @Test
    void lets_answers_through_in_turn_with_all_that_waits() {
        lane.execute(() -> {
            List.of("a", "b", "c", "d").forEach(name -> lane.execute(() -> done.add(name)));
            List.of("1", "2").forEach(name -> lane.executeAnswer(() -> done.add(name)));
        });

        assertThat(done).containsExactly("1", "a", "2", "b", "c", "d");
    }

    @Test
    void lets_all_that_waits_through_in_turn_with_answers() {
        lane.execute(() -> {
            List.of("1", "2", "3", "4").forEach(name -> lane.executeAnswer(() -> done.add(name)));
            List.of("a", "b").forEach(name -> lane.execute(() -> done.add(name)));
        });

        assertThat(done).containsExactly("1", "a", "2", "b", "3", "4");
    }

    @Test
    void goes_on_where_it_is_when_there_is_nobody_to_hand_over_to() {
        Lane alone = new Lane(task -> {
            throw new InternalError("unable to create native thread");
        });

        alone.execute(() -> others(alone));

        assertThat(done).isEqualTo(numbers());
    }

    @Test
    void is_in_one_hand_when_the_relief_comes_after_all() {
        Lane alone = new Lane(task -> {
            relief.add(task);
            throw new RejectedExecutionException("closed");
        });

        alone.execute(() -> others(alone));
        alone.execute(() -> {
            workOff();
            done.add("alone");
        });

        assertThat(done).endsWith("alone").hasSize(MANY + 1);
    }

    @Test
    void is_taken_over_by_somebody_else_when_the_relief_never_comes() {
        lane.execute(() -> others(lane));
        relief.clear();

        lane.takeOver();
        workOff();

        assertThat(done).isEqualTo(numbers());
    }

    @Test
    void runs_each_step_of_many_threads_once_and_one_at_a_time() throws InterruptedException {
        int threads = 4;
        int steps = 20_000;
        ExecutorService reliefs = Executors.newSingleThreadExecutor();
        try {
            Lane busy = new Lane(reliefs);
            CountDownLatch all = new CountDownLatch(threads * steps);
            int[] run = new int[1]; // what two do at a time is not counted
            for (int thread = 0; thread < threads; thread++) {
                boolean answers = thread == 0;
                new Thread(() -> IntStream.range(0, steps).forEach(step -> {
                            Runnable task = () -> {
                                run[0]++;
                                all.countDown();
                            };
                            if (answers) {
                                busy.executeAnswer(task);
                            } else {
                                busy.execute(task);
                            }
                        }))
                        .start();
            }
            all.await();
            CountDownLatch seen = new CountDownLatch(1);
            int[] result = new int[1];
            busy.execute(() -> {
                result[0] = run[0];
                seen.countDown();
            });
            seen.await();

            assertThat(result[0]).isEqualTo(threads * steps);
        } finally {
            reliefs.shutdown();
        }
    }

    private void others(Lane in) {
        numbers().forEach(number -> in.execute(() -> done.add(number)));
    }

    private static List<String> numbers() {
        return IntStream.range(0, MANY).mapToObj(String::valueOf).toList();
    }

    private void workOff() {
        while (!relief.isEmpty()) {
            relief.remove().run();
        }
    }
}
