package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Results results = new Results(threads, timer);

    @AfterEach
    void end() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void a_result_that_waits_for_no_other_sets_no_timer() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);

        results.execute(told::countDown);

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timer.getTaskCount()).isZero();
    }

    @Test
    void what_waits_behind_a_caller_that_blocks_is_told_by_another_thread() throws InterruptedException {
        CountDownLatch blocking = new CountDownLatch(1);
        CountDownLatch forGood = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(2);

        results.execute(() -> {
            blocking.countDown();
            await(forGood);
        });
        await(blocking);
        results.execute(told::countDown);
        results.execute(told::countDown);

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(timer.getTaskCount()).isPositive();
        forGood.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
