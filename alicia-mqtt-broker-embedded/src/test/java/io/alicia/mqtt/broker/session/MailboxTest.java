package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final long HIGH_WATER = 32L << 20;

    private final List<String> delivered = new ArrayList<>();

    private Letter letter(String name, int bytes) {
        return new Letter() {
            @Override
            long bytes() {
                return bytes;
            }

            @Override
            void deliver() {
                delivered.add(name);
            }
        };
    }

    @Test
    void wakes_its_loop_once_for_all_that_comes_meanwhile() {
        ArrayDeque<Runnable> loop = new ArrayDeque<>();
        Mailbox mailbox = new Mailbox(loop::add, HIGH_WATER);

        mailbox.put(letter("a", 0));
        mailbox.put(letter("b", 0));
        mailbox.put(letter("c", 0));

        assertThat(loop).hasSize(1);
        loop.remove().run();
        assertThat(delivered).containsExactly("a", "b", "c");
        mailbox.put(letter("d", 0));
        assertThat(loop).hasSize(1);
    }

    @Test
    void lets_the_loop_do_something_else_between_many() {
        ArrayDeque<Runnable> loop = new ArrayDeque<>();
        Mailbox mailbox = new Mailbox(loop::add, HIGH_WATER);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            mailbox.put(letter("t" + i, 0));
            expected.add("t" + i);
        }

        int passes = 0;
        while (!loop.isEmpty()) {
            loop.remove().run();
            passes++;
        }
        assertThat(passes).isGreaterThan(1);
        assertThat(delivered).isEqualTo(expected);
    }

    @Test
    void tells_publishers_to_wait_and_when_to_go_on() {
        ArrayDeque<Runnable> loop = new ArrayDeque<>();
        Mailbox mailbox = new Mailbox(loop::add, HIGH_WATER);
        for (int i = 0; i < 40; i++) {
            mailbox.put(letter("t", 1 << 20));
        }
        AtomicInteger goneOn = new AtomicInteger();

        assertThat(mailbox.isFull()).isTrue();
        mailbox.whenNotFull(goneOn::incrementAndGet);
        assertThat(goneOn).hasValue(0);
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
        assertThat(mailbox.isFull()).isFalse();
        assertThat(goneOn).hasValue(1);
        mailbox.whenNotFull(goneOn::incrementAndGet);
        assertThat(goneOn).hasValue(2);
    }

    @Test
    void delivers_the_rest_when_one_letter_fails_for_want_of_memory() {
        ArrayDeque<Runnable> loop = new ArrayDeque<>();
        Mailbox mailbox = new Mailbox(loop::add, 1);
        mailbox.put(new Letter() {
            @Override
            long bytes() {
                return 100;
            }

            @Override
            void deliver() {
                throw new OutOfMemoryError("a test");
            }
        });
        mailbox.put(letter("next", 100));
        AtomicInteger goneOn = new AtomicInteger();
        mailbox.whenNotFull(goneOn::incrementAndGet);

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> loop.remove().run());
        loop.remove().run();

        assertThat(delivered).containsExactly("next");
        assertThat(mailbox.isFull()).isFalse();
        assertThat(goneOn).hasValue(1);
    }

    @Test
    void keeps_the_order_of_each_of_many_threads_and_loses_nothing() throws Exception {
        int senders = 3;
        int each = 20_000;
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try {
            Mailbox mailbox = new Mailbox(loop, HIGH_WATER);
            List<Future<?>> sending = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                String name = "sender" + sender + "/";
                sending.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        mailbox.put(letter(name + i, 0));
                    }
                }));
            }
            for (Future<?> future : sending) {
                future.get(20, TimeUnit.SECONDS);
            }
            threads.shutdown();
            // What was put before is delivered by drains that were asked for before; each may ask for one more.
            for (int i = 0; i < 2 * senders * each / 1024 + 10; i++) {
                loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
            }
            loop.shutdown();
            assertThat(loop.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
            loop.shutdownNow();
        }

        for (int sender = 0; sender < senders; sender++) {
            String name = "sender" + sender + "/";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(name + i);
            }
            assertThat(delivered).filteredOn(topic -> topic.startsWith(name)).isEqualTo(expected);
        }
    }
}
