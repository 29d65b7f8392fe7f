package io.alicia.mqtt.broker.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.PasswordHash;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {

    private static final Authentication REFUSED = Authentication.refused("the password is wrong");

    private final WrongPasswords wrong = new WrongPasswords(
            List.of(
                    Account.of("kitchen", PasswordHash.plain("secret")),
                    Account.of("lock", PasswordHash.plain("secret")).boundTo(List.of("lock-1"))),
            new SecureRandom());

    private static LogIn logIn(String address, String account, String clientIdentifier, String password) {
        return LogIn.builder(clientIdentifier)
                .account(account)
                .password(password.getBytes(UTF_8))
                .remoteAddress(address)
                .build();
    }

    private static LogIn kitchen(String password) {
        return logIn("10.0.0.1", "kitchen", "c", password);
    }

    private boolean isNew(LogIn logIn) {
        AtomicBoolean counted = new AtomicBoolean();
        wrong.refused(wrong.printOf(logIn), REFUSED, () -> {
            counted.set(true);
            return Optional.empty();
        });
        return counted.get();
    }

    @Test
    void a_password_is_new_once_whichever_client_of_the_network_shows_it() {
        assertThat(isNew(logIn("10.0.0.1", "kitchen", "a", "old"))).isTrue();
        assertThat(isNew(logIn("10.0.0.1", "kitchen", "b", "old"))).isFalse();
        assertThat(wrong.refusalOrNull(wrong.printOf(kitchen("old")))).isSameAs(REFUSED);

        assertThat(isNew(logIn("2001:db8::1", "kitchen", "a", "old"))).isTrue();
        assertThat(isNew(logIn("2001:db8::2", "kitchen", "a", "old"))).isFalse();
    }

    @Test
    void another_password_account_or_network_is_another_guess() {
        assertThat(isNew(logIn("10.0.0.1", "kitchen", "c", "old"))).isTrue();

        assertThat(isNew(logIn("10.0.0.1", "kitchen", "c", "older"))).isTrue();
        assertThat(isNew(logIn("10.0.0.1", "kitche", "c", "nold"))).isTrue();
        assertThat(isNew(logIn("10.0.0.", "1kitchen", "c", "old"))).isTrue();
        assertThat(isNew(logIn("10.0.0.1", "hall", "c", "old"))).isTrue();
        assertThat(isNew(logIn("10.0.0.2", "kitchen", "c", "old"))).isTrue();
    }

    @Test
    void no_password_is_another_guess_than_one_of_no_bytes() {
        LogIn without =
                LogIn.builder("c").account("kitchen").remoteAddress("10.0.0.1").build();

        assertThat(isNew(without)).isTrue();
        assertThat(isNew(without)).isFalse();
        assertThat(isNew(kitchen(""))).isTrue();
    }

    @Test
    void what_the_client_is_not_told_is_new_when_it_comes_again() {
        assertThat(wrong.refused(wrong.printOf(kitchen("old")), REFUSED, () -> Optional.of("wait")))
                .contains("wait");

        assertThat(wrong.refusalOrNull(wrong.printOf(kitchen("old")))).isNull();
        assertThat(isNew(kitchen("old"))).isTrue();
    }

    /** Its password may be right: it is the identifiers that are guessed. */
    @Test
    void each_identifier_that_an_account_is_not_bound_to_is_a_guess() {
        assertThat(isNew(logIn("10.0.0.1", "lock", "a", "secret"))).isTrue();
        assertThat(isNew(logIn("10.0.0.1", "lock", "a", "secret"))).isFalse();

        assertThat(isNew(logIn("10.0.0.1", "lock", "b", "secret"))).isTrue();
        assertThat(wrong.refusalOrNull(wrong.printOf(logIn("10.0.0.1", "lock", "lock-1", "secret"))))
                .isNull();
    }

    @Test
    void endless_guesses_do_not_grow_its_memory_nor_push_out_a_device_that_keeps_coming() {
        isNew(kitchen("old"));
        for (int i = 0; i < 30_000; i++) {
            isNew(kitchen("guess-" + i));
            if (i % 5_000 == 0) {
                assertThat(wrong.refusalOrNull(wrong.printOf(kitchen("old")))).isNotNull();
            }
        }

        assertThat(wrong.kept()).isEqualTo(10_000);
        assertThat(wrong.refusalOrNull(wrong.printOf(kitchen("old")))).isNotNull();
        assertThat(wrong.refusalOrNull(wrong.printOf(kitchen("guess-0")))).isNull();
    }
}
