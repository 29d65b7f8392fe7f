package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LargePacketsTest {

    private final LargePackets room = new LargePackets(100);
    private final List<String> granted = new ArrayList<>();

    private LargePackets.Place ask(String name, int bytes) {
        return room.ask(bytes, () -> granted.add(name));
    }

    @Test
    void have_their_places_in_turn_so_that_no_large_one_waits_for_ever_behind_smaller_ones() {
        LargePackets.Place first = ask("first", 60);
        LargePackets.Place large = ask("large", 100);
        LargePackets.Place small = ask("small", 10);

        assertThat(granted).containsExactly("first");
        assertThat(room.areAwaited()).isTrue();
        first.leave();
        assertThat(granted).containsExactly("first", "large");
        large.leave();
        assertThat(granted).containsExactly("first", "large", "small");
        assertThat(room.areAwaited()).isFalse();
        small.leave();
        small.leave();
        assertThat(room.usedBytes()).isZero();
    }

    @Test
    void whose_connection_ends_hold_nobody_up() {
        LargePackets.Place first = ask("first", 60);
        LargePackets.Place gone = ask("gone", 60);
        ask("next", 40);

        gone.leave();

        assertThat(granted).containsExactly("first", "next");
        assertThat(gone.isGranted()).isFalse();
        first.leave();
        assertThat(room.usedBytes()).isEqualTo(40);
    }

    @Test
    void of_many_threads_never_have_more_room_than_there_is_and_all_have_some_in_the_end() throws Exception {
        int threads = 4;
        int each = 5_000;
        AtomicLong used = new AtomicLong();
        AtomicLong most = new AtomicLong();
        CountDownLatch done = new CountDownLatch(threads * each);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> asking = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int bytes = 20 + 15 * thread;
                asking.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        askAndLeave(bytes, used, most, pool, done);
                    }
                }));
            }
            for (Future<?> future : asking) {
                future.get(30, TimeUnit.SECONDS);
            }

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }
        assertThat(most.get()).isBetween(1L, 100L);
        assertThat(room.usedBytes()).isZero();
        assertThat(room.areAwaited()).isFalse();
    }

    private void askAndLeave(int bytes, AtomicLong used, AtomicLong most, ExecutorService pool, CountDownLatch done) {
        LargePackets.Place[] place = new LargePackets.Place[1];
        CountDownLatch known = new CountDownLatch(1);
        place[0] = room.ask(bytes, () -> {
            most.accumulateAndGet(used.addAndGet(bytes), Math::max);
            pool.execute(() -> {
                try {
                    known.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                used.addAndGet(-bytes);
                place[0].leave();
                done.countDown();
            });
        });
        known.countDown();
    }
}
