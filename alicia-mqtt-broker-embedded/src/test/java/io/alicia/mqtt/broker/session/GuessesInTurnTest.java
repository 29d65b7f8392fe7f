package io.alicia.mqtt.broker.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.LogInCheck;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.security.Verdict;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log-ins that all were let through to the hashing before the first of them was decided. */
class GuessesInTurnTest {

    private static final int LIMIT = 5;
    private static final int THREADS = 3;
    private static final int GUESSES = 500;
    private static final List<Account> ACCOUNTS = List.of(
            Account.of("kitchen", PasswordHash.pbkdf2Sha512("secret".getBytes(UTF_8), 1_000, new SecureRandom())));

    private final AtomicInteger hashes = new AtomicInteger();
    private final BrokerCounters counters = new BrokerCounters();
    private final LogInLimits limits = limits();
    private final ExecutorService hashing = Executors.newFixedThreadPool(THREADS);
    private final Authenticator passwords = Authenticator.passwords(ACCOUNTS, Runnable::run);

    private LogInLimits limits() {
        Quotas quotas = new Quotas(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                LIMIT,
                TimeUnit.MINUTES.toMillis(1));
        return new LogInLimits(quotas, new TestTime(), counters);
    }

    @AfterEach
    void stop() {
        hashing.shutdownNow();
    }

    private CompletionStage<Authentication> counted(LogIn logIn) {
        hashes.incrementAndGet();
        return passwords.authenticate(logIn);
    }

    private static Security security(LogInCheck check) {
        return new Security(new AccessRules(ACCOUNTS, false, check, List.of(), AccessPolicy.unrestricted(), false));
    }

    private List<Verdict> together(String password, int clients) throws InterruptedException {
        Security security = security(LogInCheck.onTurn(this::counted, hashing));
        CountDownLatch allThere = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            hashing.execute(() -> awaitQuietly(allThere));
        }
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            LogIn logIn = LogIn.builder("c" + i)
                    .account("kitchen")
                    .password(password.getBytes(UTF_8))
                    .remoteAddress("10.0.0.7")
                    .build();
            assertThat(limits.refusal(logIn)).isEmpty();
            verdicts.add(security.authenticate(logIn, limits).toCompletableFuture());
        }
        allThere.countDown();
        return verdicts.stream().map(CompletableFuture::join).toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void of_guesses_that_wait_only_those_are_hashed_that_the_limit_allows_and_that_were_begun_when_it_was_reached()
            throws Exception {
        List<Verdict> verdicts = together("guess", GUESSES);

        assertThat(hashes.get()).isBetween(LIMIT, LIMIT + THREADS);
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.delay().isEmpty())
                .hasSize(LIMIT)
                .allMatch(verdict -> verdict.told().reason().equals("the password is wrong"));
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.delay().isPresent())
                .hasSize(GUESSES - LIMIT)
                .allMatch(verdict -> verdict.told().reason().startsWith("too many failed log-ins; wait "));
        assertThat(counters.logInsDelayed().sum()).isEqualTo(GUESSES - LIMIT);
    }

    @Test
    void clients_with_the_right_password_are_all_hashed_and_let_in() throws Exception {
        List<Verdict> verdicts = together("secret", 100);

        assertThat(hashes.get()).isEqualTo(100);
        assertThat(verdicts).allMatch(verdict -> verdict.told().isAccepted());
    }

    @Test
    void a_log_in_that_finds_no_room_to_wait_is_refused_and_counts_as_no_guess() {
        ThreadPoolExecutor full = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
        full.shutdown();
        Security security = security(LogInCheck.passwords(ACCOUNTS, full));
        LogIn logIn =
                LogIn.builder("c").account("kitchen").remoteAddress("10.0.0.7").build();

        for (int i = 0; i < 2 * LIMIT; i++) {
            Verdict verdict =
                    security.authenticate(logIn, limits).toCompletableFuture().join();
            assertThat(verdict.told().isAccepted()).isFalse();
            assertThat(verdict.delay()).isEmpty();
        }
    }
}
