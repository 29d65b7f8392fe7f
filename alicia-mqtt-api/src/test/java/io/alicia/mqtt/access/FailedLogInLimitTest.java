package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedLogInLimitTest {

    private Instant now = Instant.EPOCH;
    private final FailedLogInLimit limit = new FailedLogInLimit(3, Duration.ofMinutes(1), () -> now);

    private static LogIn logIn(String address, String account) {
        return LogIn.builder("c").account(account).remoteAddress(address).build();
    }

    @Test
    void an_address_waits_for_one_account_after_too_many_failures_and_another_address_does_not() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).isEmpty();
            limit.decided(logIn("10.0.0.1", "alicia"), false);
        }

        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).contains(Duration.ofMinutes(1));
        assertThat(limit.waitFor(logIn("10.0.0.1", "kitchen"))).isEmpty();
        assertThat(limit.waitFor(logIn("10.0.0.2", "alicia"))).isEmpty();
    }

    /** A provider gives each customer a /64 at least, that is 2⁶⁴ addresses. */
    @Test
    void addresses_of_one_network_of_IPv6_count_together() {
        for (String address : List.of("2001:db8:0:7::1", "2001:DB8::7:ffff:0:0:2", "[2001:db8:0:7::3]")) {
            limit.decided(logIn(address, "alicia"), false);
        }

        assertThat(limit.waitFor(logIn("2001:db8:0:7:aaaa::", "alicia"))).contains(Duration.ofMinutes(1));
        assertThat(limit.waitFor(logIn("2001:db8:0:8::1", "alicia"))).isEmpty();
        assertThat(limit.waitFor(logIn("unix:/no/address", "alicia"))).isEmpty();
    }

    @Test
    void an_address_of_IPv6_is_the_same_with_and_without_its_zone_and_one_of_IPv4_however_it_is_written() {
        assertThat(Networks.of("fe80::1%eth0"))
                .isEqualTo(Networks.of("[fe80::2%eth1]"))
                .isEqualTo("fe80000000000000/64");
        assertThat(Networks.of("::ffff:10.0.0.1")).isEqualTo(Networks.of("10.0.0.1"));
        assertThat(Networks.of("not:an:address")).isEqualTo("not:an:address");
    }

    @Test
    void the_wait_ends_with_time_and_the_failures_are_forgotten() {
        for (int i = 0; i < 3; i++) {
            limit.decided(logIn("10.0.0.1", "alicia"), false);
        }
        now = now.plusSeconds(40);
        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).contains(Duration.ofSeconds(20));
        now = now.plusSeconds(20);
        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).isEmpty();
        limit.decided(logIn("10.0.0.1", "alicia"), false);
        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).isEmpty();
    }

    @Test
    void an_address_that_tries_many_accounts_waits_for_all_of_them() {
        for (int i = 0; i < 15; i++) {
            limit.decided(logIn("10.0.0.1", "guess-" + i), false);
        }

        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).contains(Duration.ofMinutes(1));
    }

    @Test
    void a_success_forgets_the_failures_of_its_account() {
        limit.decided(logIn("10.0.0.1", "alicia"), false);
        limit.decided(logIn("10.0.0.1", "alicia"), false);
        limit.decided(logIn("10.0.0.1", "alicia"), true);
        limit.decided(logIn("10.0.0.1", "alicia"), false);

        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).isEmpty();
    }

    @Test
    void of_guesses_at_once_no_more_learn_their_outcome_than_the_limit_and_a_right_one_behind_it_learns_nothing()
            throws Exception {
        int guesses = 200;
        ExecutorService guessers = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> learnt = new ArrayList<>();
        for (int i = 0; i < guesses; i++) {
            learnt.add(guessers.submit(
                    () -> limit.decided(logIn("10.0.0.1", "alicia"), false).isEmpty()));
        }
        guessers.shutdown();
        assertThat(guessers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        int answered = 0;
        for (Future<Boolean> outcome : learnt) {
            answered += outcome.get() ? 1 : 0;
        }
        assertThat(answered).isEqualTo(3);
        assertThat(limit.decided(logIn("10.0.0.1", "alicia"), true)).contains(Duration.ofMinutes(1));
        assertThat(limit.waitFor(logIn("10.0.0.1", "alicia"))).contains(Duration.ofMinutes(1));
    }

    @Test
    void a_client_in_the_same_process_never_waits() {
        LogIn local = LogIn.builder("c").account("alicia").build();
        for (int i = 0; i < 100; i++) {
            limit.decided(local, false);
        }

        assertThat(limit.waitFor(local)).isEmpty();
    }

    @Test
    void thousands_of_addresses_do_not_grow_its_memory_without_end() {
        for (int i = 0; i < 100_000; i++) {
            limit.decided(logIn("10.0." + i / 250 + "." + i % 250, "alicia"), false);
        }

        assertThat(limit.tracked()).isLessThanOrEqualTo(20_000);
    }
}
