package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

class SignalBarrierTest {

    /** A JVM has one handler of a signal: who takes one for a test must be alone. */
    static final String SIGNALS = "signals of this JVM";

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Queue<String> raised = new ArrayDeque<>();
    private final SignalBarrier barrier =
            new SignalBarrier(() -> raised.add("raised"), () -> raised.add("finished"), null, LONG);

    @Test
    void is_passed_when_two_signals_of_its_own_came_out() {
        CompletableFuture<Void> passed = barrier.get().toCompletableFuture();

        assertThat(raised).containsExactly("raised");
        barrier.heard();
        assertThat(passed).isNotDone();
        assertThat(raised).containsExactly("raised", "raised");
        barrier.heard();
        assertThat(passed).isCompleted();
        assertThat(raised).containsExactly("raised", "raised", "finished");
    }

    /** One that is on its way already may have overtaken the signal that they must not overtake. */
    @Test
    void is_shared_by_all_who_ask_before_it_begins() {
        barrier.get();
        CompletableFuture<Void> second = barrier.get().toCompletableFuture();
        CompletableFuture<Void> third = barrier.get().toCompletableFuture();

        hear(2);
        assertThat(second).isNotDone();
        hear(2);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(raised).containsExactly("raised", "raised", "finished", "raised", "raised", "finished");
    }

    @Test
    void begins_anew_for_who_asks_later() {
        barrier.get();
        hear(2);

        CompletableFuture<Void> later = barrier.get().toCompletableFuture();
        assertThat(later).isNotDone();
        hear(2);
        assertThat(later).isCompleted();
    }

    @Test
    @Timeout(30)
    void keeps_nobody_out_where_signals_are_not_heard() {
        SignalBarrier deaf = new SignalBarrier(() -> {}, () -> {}, null, Duration.ofMillis(20));

        deaf.get().toCompletableFuture().join();
        assertThat(deaf.get().toCompletableFuture())
                .as("nobody waits a second time")
                .isCompleted();
    }

    @Test
    void is_open_as_long_as_the_system_knows_of_no_further_signal() {
        AtomicReference<OptionalLong> idle = new AtomicReference<>(OptionalLong.of(7));
        AtomicInteger asked = new AtomicInteger();
        SignalBarrier watched = new SignalBarrier(asked::incrementAndGet, () -> {}, idle::get, LONG);
        assertThat(watched.get().toCompletableFuture()).as("not known yet").isNotDone();
        watched.heard();
        watched.heard();

        assertThat(watched.get().toCompletableFuture()).isCompleted();
        assertThat(asked).hasValue(2);

        idle.set(OptionalLong.empty());
        CompletableFuture<Void> onItsWay = watched.get().toCompletableFuture();
        assertThat(onItsWay).isNotDone();
        idle.set(OptionalLong.of(9));
        watched.heard();
        watched.heard();
        assertThat(onItsWay).isCompleted();
        assertThat(watched.get().toCompletableFuture()).isCompleted();

        idle.set(OptionalLong.of(10));
        assertThat(watched.get().toCompletableFuture()).as("one was handed on").isNotDone();
    }

    @Test
    @Timeout(60)
    @ResourceLock(SIGNALS)
    void is_open_in_a_jvm_that_is_sent_no_signals() {
        if (SignalDispatcher.findOrNull() == null) {
            Assumptions.abort("this system does not tell of the thread that hands on signals");
        }
        SignalBarrier real = Signals.barrier("USR1", LONG);

        Awaitility.await().until(() -> {
            CompletableFuture<Void> passed = real.get().toCompletableFuture();
            boolean open = passed.isDone();
            passed.join();
            return open;
        });
    }

    /** As an operator's script that reloads and connects; with all processors busy, so that the signal takes its time. */
    @Test
    @Timeout(60)
    @ResourceLock(SIGNALS)
    void is_passed_after_a_signal_from_before_was_heard() throws Exception {
        int signals = 50;
        AtomicInteger heard = new AtomicInteger();
        assertThat(Signals.handle("USR1", heard::incrementAndGet)).isTrue();
        SignalBarrier real = Signals.barrier("USR1", LONG);
        CountDownLatch enough = new CountDownLatch(1);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread busy = new Thread(() -> {
                while (enough.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
            busy.setDaemon(true);
            busy.start();
        }
        Process operator = operator();
        try (BufferedReader sent = operator.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 1; i <= signals; i++) {
                operator.outputWriter().write("\n");
                operator.outputWriter().flush();
                assertThat(sent.readLine()).isEqualTo("sent");

                CompletionStage<Void> passed = real.get();

                passed.toCompletableFuture().join();
                assertThat(heard).hasValue(i);
            }
        } finally {
            enough.countDown();
            operator.destroy();
            assertThat(operator.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Process operator() throws IOException {
        String script =
                "while read -r order; do kill -USR1 " + ProcessHandle.current().pid() + "; echo sent; done";
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private void hear(int times) {
        for (int i = 0; i < times; i++) {
            barrier.heard();
        }
    }
}
