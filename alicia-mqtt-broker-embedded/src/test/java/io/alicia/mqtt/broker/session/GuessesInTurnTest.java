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
import io.alicia.mqtt.broker.security.WrongPasswords;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
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
    private final CyclicBarrier hashedTogether = new CyclicBarrier(THREADS);
    private final TestTime time = new TestTime();
    private final LogInLimits limits = limits();
    private final ExecutorService hashing = Executors.newFixedThreadPool(THREADS);
    private final Authenticator passwords = Authenticator.passwords(ACCOUNTS, Runnable::run);

    private LogInLimits limits() {
        Quotas quotas = new Quotas(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                LIMIT,
                TimeUnit.MINUTES.toMillis(1));
        return new LogInLimits(quotas, time, counters);
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
        return new Security(
                new AccessRules(ACCOUNTS, false, check, List.of(), Set.of(), AccessPolicy.unrestricted(), false));
    }

    private static LogIn kitchen(String clientIdentifier, String password) {
        return LogIn.builder(clientIdentifier)
                .account("kitchen")
                .password(password.getBytes(UTF_8))
                .remoteAddress("10.0.0.7")
                .build();
    }

    private Security counting() {
        return security(LogInCheck.onTurn(this::counted, new WrongPasswords(ACCOUNTS, new SecureRandom()), hashing));
    }

    private Verdict decide(Security security, String password) {
        return security.authenticate(kitchen("c", password), limits)
                .toCompletableFuture()
                .join();
    }

    private List<CompletableFuture<Verdict>> begin(Security security, String password, int clients) {
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            verdicts.add(
                    security.authenticate(kitchen("c" + i, password), limits).toCompletableFuture());
        }
        return verdicts;
    }

    /** What becomes of log-ins that are all there before the first is looked at. */
    private List<Verdict> together(IntFunction<String> passwords, int clients) throws InterruptedException {
        Security security = counting();
        CountDownLatch allThere = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            hashing.execute(() -> awaitQuietly(allThere));
        }
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            LogIn logIn = kitchen("c" + i, passwords.apply(i));
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

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("not all were hashed at the same time", e);
        }
    }

    @Test
    void of_guesses_that_wait_only_those_are_hashed_that_the_limit_allows_and_that_were_begun_when_it_was_reached()
            throws Exception {
        List<Verdict> verdicts = together(i -> "guess-" + i, GUESSES);

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
        List<Verdict> verdicts = together(i -> "secret", 100);

        assertThat(hashes.get()).isEqualTo(100);
        assertThat(verdicts).allMatch(verdict -> verdict.told().isAccepted());
    }

    @Test
    void a_device_with_an_old_password_is_hashed_once_and_keeps_none_of_the_others_out_of_their_account() {
        Security security = counting();
        int others = 0;

        for (int i = 0; i < 1_000; i++) {
            Verdict old = decide(security, "old");
            assertThat(old.delay()).isEmpty();
            assertThat(old.told().reason()).isEqualTo("the password is wrong");
            if (i % 100 == 99) {
                assertThat(decide(security, "secret").told().isAccepted()).isTrue();
                others++;
            }
        }

        assertThat(hashes.get()).isEqualTo(1 + others);
        assertThat(counters.logInsDelayed().sum()).isZero();
    }

    @Test
    void devices_that_come_back_all_at_once_with_one_old_password_are_one_guess() {
        Security security = security(LogInCheck.onTurn(
                logIn -> {
                    awaitQuietly(hashedTogether);
                    return counted(logIn);
                },
                new WrongPasswords(ACCOUNTS, new SecureRandom()),
                hashing));

        for (int guess = 1; guess < LIMIT; guess++) {
            for (CompletableFuture<Verdict> verdict : begin(security, "old-" + guess, THREADS)) {
                assertThat(verdict.join().told().reason()).isEqualTo("the password is wrong");
            }
        }

        assertThat(hashes.get()).isEqualTo((LIMIT - 1) * THREADS);
        assertThat(limits.refusalNow(kitchen("c", "secret"))).isEmpty();
    }

    @Test
    void an_old_password_does_not_make_room_for_other_guesses() {
        Security security = counting();
        for (int i = 1; i < LIMIT; i++) {
            assertThat(decide(security, "guess-" + i).delay()).isEmpty();
            assertThat(decide(security, "guess-1").delay()).isEmpty();
        }
        assertThat(decide(security, "guess-" + LIMIT).delay()).isEmpty();

        assertThat(decide(security, "secret").delay()).isPresent();
        assertThat(decide(security, "guess-1").delay()).isPresent();
        assertThat(hashes.get()).isEqualTo(LIMIT);
    }

    @Test
    void a_guess_that_was_hashed_beside_the_last_one_allowed_and_not_answered_counts_when_it_comes_again() {
        AtomicBoolean waiting = new AtomicBoolean();
        Security security = security(LogInCheck.onTurn(
                logIn -> {
                    if (waiting.get()) {
                        awaitQuietly(hashedTogether);
                    }
                    return counted(logIn);
                },
                new WrongPasswords(ACCOUNTS, new SecureRandom()),
                hashing));
        for (int i = 1; i < LIMIT; i++) {
            decide(security, "guess-" + i);
        }
        waiting.set(true);
        List<CompletableFuture<Verdict>> last = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            last.add(security.authenticate(kitchen("c", "last-" + i), limits).toCompletableFuture());
        }
        assertThat(last.stream().map(CompletableFuture::join))
                .filteredOn(verdict -> verdict.delay().isPresent())
                .hasSize(THREADS - 1);
        waiting.set(false);
        hashes.set(0);

        time.pass(Duration.ofMinutes(1));
        for (int i = 0; i < THREADS; i++) {
            assertThat(decide(security, "last-" + i).delay()).isEmpty();
        }

        assertThat(hashes.get()).isEqualTo(THREADS - 1);
    }

    @Test
    void a_log_in_that_finds_no_room_to_wait_is_refused_and_counts_as_no_guess() {
        ThreadPoolExecutor full = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
        full.shutdown();
        Security security = security(LogInCheck.passwords(ACCOUNTS, full, new SecureRandom()));
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
