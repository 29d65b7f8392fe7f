package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a client measures with is not what it tells others. */
class SteadyTimeTest {

    @Test
    void goes_on_with_the_nanoseconds_whatever_the_time_of_day() {
        TestScheduler timeOfDay = new TestScheduler(20_000, TimeUnit.DAYS);
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // may begin anywhere, and wrap
        SteadyTime time = new SteadyTime(timeOfDay, nanos::get);

        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        timeOfDay.advanceTimeBy(3, TimeUnit.DAYS);

        assertThat(time.now(TimeUnit.MILLISECONDS)).isEqualTo(1_500);
        assertThat(time.createWorker().now(TimeUnit.MILLISECONDS)).isEqualTo(1_500);
    }

    @Test
    void leaves_the_waiting_to_what_it_is_made_of() {
        TestScheduler waits = new TestScheduler();
        SteadyTime time = new SteadyTime(waits, () -> 0);
        List<String> done = new ArrayList<>();
        Disposable direct = time.scheduleDirect(() -> done.add("direct"), 1, TimeUnit.SECONDS);
        Scheduler.Worker worker = time.createWorker();
        Disposable byWorker = worker.schedule(() -> done.add("by a worker"), 2, TimeUnit.SECONDS);
        Disposable never = time.createWorker().schedule(() -> done.add("never"), 3, TimeUnit.SECONDS);
        never.dispose();

        waits.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(done).containsExactly("direct");
        waits.advanceTimeBy(9, TimeUnit.SECONDS);

        assertThat(done).containsExactly("direct", "by a worker");
        assertThat(direct.isDisposed()).isTrue();
        byWorker.dispose();
        worker.dispose();
        assertThat(worker.isDisposed()).isTrue();
    }

    @Test
    void is_what_a_client_measures_with_while_it_tells_the_time_of_day() {
        ClientThreads threads = new ClientThreads("steady", null);

        assertThat(threads.timer().now(TimeUnit.DAYS)).as("since its beginning").isZero();
        assertThat(threads.wallClock().instant()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
        threads.close();
    }

    @Test
    void gives_way_to_the_time_of_a_test() {
        TestScheduler ofTheTest = new TestScheduler(20_000, TimeUnit.DAYS);
        ClientThreads threads = new ClientThreads("steady", ofTheTest);

        ofTheTest.advanceTimeBy(1, TimeUnit.DAYS);

        assertThat(threads.timer()).isSameAs(ofTheTest);
        assertThat(threads.wallClock().instant()).isEqualTo(Instant.EPOCH.plus(Duration.ofDays(20_001)));
        threads.close();
    }
}
