package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.Credentials;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a client asks for credentials and TLS options, and what becomes of an attempt when that fails. */
class SuppliersTest extends ConnectionLifeStory {

    @Test
    @Timeout(30)
    void gives_a_supplier_the_time_of_the_attempt_and_names_the_one_that_hangs() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(
                settings()
                        .credentials(() -> {
                            if (asked.incrementAndGet() == 1) {
                                hangUntilInterrupted();
                            }
                            return new Credentials("u", "p");
                        })
                        .build(),
                new Random(7),
                Schedulers.from(thread, true));
        life.start(false);
        Awaitility.await().until(() -> asked.get() == 1);

        time.advanceTimeBy(10, TimeUnit.SECONDS);

        Awaitility.await().until(() -> life.state() instanceof ConnectionState.Waiting);
        assertThat(((ConnectionState.Waiting) life.state()).reason())
                .contains("no answer from the supplier of credentials within 10000 ms");
        waitForNextAttempt(life);
        transport.awaitAttempt();
        assertThat(transport.attempts).as("the supplier answers now").hasSize(1);
        thread.shutdown();
    }

    private static void hangUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void refuses_to_connect_as_nobody_when_the_supplier_of_credentials_has_none() {
        AtomicReference<Credentials> vault = new AtomicReference<>();
        ConnectionLife life = life(settings().credentials(vault::get).build());

        life.start(true);

        assertThat(transport.attempts).isEmpty();
        life.firstConnected()
                .test()
                .assertError(failure -> "the supplier of credentials gave null".equals(failure.getMessage()));
    }

    @Test
    void says_what_a_supplier_failed_with_however_badly() {
        ConnectionLife life = life(settings()
                .credentials(() -> {
                    throw new NoClassDefFoundError("com/example/Vault");
                })
                .build());

        life.start(false);

        assertThat(((ConnectionState.Waiting) life.state()).reason()).isEqualTo("com/example/Vault");
    }

    @Test
    void asks_for_credentials_at_each_attempt() {
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(settings()
                .credentials(() -> new Credentials("bulb", "secret-" + asked.incrementAndGet()))
                .build());
        life.start(false);
        fail(new ConnectFailure.Unreachable("nobody"));
        waitForNextAttempt(life);

        assertThat(transport.attempts)
                .extracting(attempt ->
                        attempt.request().credentials().orElseThrow().password().toUtf8())
                .containsExactly("secret-1", "secret-2");
        assertThat(transport.lastAttempt().request().toString()).doesNotContain("secret-");
    }

    @Test
    void treats_a_supplier_that_fails_like_an_attempt_that_fails() {
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(settings()
                .credentials(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("vault is sealed");
                    }
                    return new Credentials("bulb", "open");
                })
                .build());
        life.start(false);

        assertThat(((ConnectionState.Waiting) life.state()).reason()).contains("vault is sealed");
        waitForNextAttempt(life);
        assertThat(transport.attempts).hasSize(1);
    }
}
