package io.alicia.mqtt.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What sessions rely on, whatever the store. */
abstract class StoreContract {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A new store without contents. */
    abstract Store open() throws Exception;

    @Test
    void begins_with_nothing() throws Exception {
        try (Store store = open()) {
            assertThat(store.contents()).isEqualTo(StoredState.EMPTY);
        }
    }

    @Test
    void tells_on_the_home_that_was_named() throws Exception {
        try (Store store = open()) {
            BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();
            CompletableFuture<Thread> told = new CompletableFuture<>();

            store.record(new Change.SessionPut(Samples.session(1)));
            store.whenCommitted(home::add, () -> told.complete(Thread.currentThread()));

            Runnable task = home.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(task).isNotNull();
            assertThat(told).isNotDone();
            task.run();
            assertThat(told).isCompletedWithValue(Thread.currentThread());
        }
    }

    @Test
    void tells_in_the_order_of_asking() throws Exception {
        try (Store store = open()) {
            List<Integer> told = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> last = new CompletableFuture<>();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                if (i % 3 == 0) {
                    store.record(new Change.SessionPut(Samples.session(i + 1)));
                }
                store.whenCommitted(Runnable::run, () -> told.add(number));
            }
            store.whenCommitted(Runnable::run, () -> last.complete(null));

            assertThat(last).succeedsWithin(PATIENCE);
            assertThat(told)
                    .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        }
    }

    @Test
    void a_task_that_fails_does_not_keep_the_next_from_running() throws Exception {
        try (Store store = open()) {
            CompletableFuture<Void> next = new CompletableFuture<>();
            BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();

            store.record(new Change.SessionPut(Samples.session(1)));
            store.whenCommitted(home::add, () -> {
                throw new IllegalStateException("as the test wants it");
            });
            store.whenCommitted(home::add, () -> next.complete(null));

            while (!next.isDone()) {
                runIgnoringWhatItThrows(home.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    private static void runIgnoringWhatItThrows(Runnable task) {
        assertThat(task).as("a task in time").isNotNull();
        try {
            task.run();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("as the test wants it");
        }
    }

    @Test
    void with_little_to_do_it_is_not_behind() throws Exception {
        try (Store store = open()) {
            CompletableFuture<Void> goesOn = new CompletableFuture<>();

            store.whenNotBehind(() -> goesOn.complete(null));

            assertThat(store.isBehind()).isFalse();
            assertThat(goesOn).isCompleted();
        }
    }

    @Test
    void saves_and_can_be_closed_twice() throws Exception {
        Store store = open();
        assertThat(store.save()).succeedsWithin(PATIENCE);

        store.close();
        store.close();
    }
}
