package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InOrderTest {

    private static final int TIMES = 20_000;

    private final InOrder inOrder = new InOrder();

    @Test
    void what_is_said_again_by_one_thread_is_never_older_than_what_another_has_said() throws Exception {
        AtomicInteger state = new AtomicInteger();
        List<Integer> sent = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<?> changing = threads.submit(() -> {
            together.await();
            for (int i = 0; i < TIMES; i++) {
                inOrder.next(() -> sending(sent, state.incrementAndGet())).blockingAwait();
            }
            return null;
        });
        Future<?> repeating = threads.submit(() -> {
            together.await();
            for (int i = 0; i < TIMES; i++) {
                inOrder.next(() -> sending(sent, state.get())).blockingAwait();
            }
            return null;
        });
        changing.get(30, TimeUnit.SECONDS);
        repeating.get(30, TimeUnit.SECONDS);
        threads.shutdown();

        assertThat(sent).hasSize(2 * TIMES).isSorted();
    }

    private static Completable sending(List<Integer> sent, int state) {
        return Completable.fromAction(() -> sent.add(state));
    }

    @Test
    void what_is_handed_over_within_a_handing_over_comes_after_it() {
        List<String> said = new ArrayList<>();

        inOrder.next(() -> {
                    inOrder.next(() -> Completable.fromAction(() -> said.add("second")))
                            .subscribe();
                    return Completable.fromAction(() -> said.add("first"));
                })
                .subscribe();

        assertThat(said).containsExactly("first", "second");
    }

    @Test
    void what_fails_or_takes_long_keeps_nobody_waiting() {
        inOrder.next(() -> {
                    throw new IllegalStateException("closed");
                })
                .test()
                .assertFailure(IllegalStateException.class);
        inOrder.next(Completable::never).test().assertNotComplete();

        inOrder.next(Completable::complete).test().assertComplete();
    }
}
