package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

    private static final String BY_MOSQUITTO_PASSWD = """
            kitchen:$7$101$OeLFrPPzLfYp/1YW$sx1MMwbFDvbFG6E0yA34MUkg6O5mAZIPZJTZysbNJQXu0bIDPHDI8Hozp2uuSC1sxOVIB3K0LlIdohrB6+rQPw==
            hall:$6$omvt3bO9ieFbCDw5$uQv6Auj/dd+VnwXlKoHjRe/gXY0+QdxAMI89RBJKmc/8RDxaFyNYJowYBbqlAsmb6bKxkf7fIZtC5HelD86oUg==
            """;

    @TempDir
    private Path folder;

    @Test
    void passwords_in_lines_that_end_with_cr_alone_are_refused_for_that() throws IOException {
        String hash =
                PasswordHash.pbkdf2Sha512(new byte[] {1}, 1, new SecureRandom()).encoded();
        // Mosquitto lets a in and forgets b; of a file that begins with a comment it knows nobody.
        for (String text : List.of("a:" + hash + "\rb:" + hash + "\r", "# the house\ra:" + hash)) {
            String refusal = "passwords:1:" + (text.indexOf('\r') + 1) + ": expected lines that end with LF, found CR";
            assertThatThrownBy(() -> PasswordFile.parse("passwords", text))
                    .isInstanceOf(AccessFileException.class)
                    .hasMessageStartingWith(refusal);
            assertThatThrownBy(() -> PlainPasswordFile.parse("passwords", text)).hasMessageStartingWith(refusal);
            Path file = Files.writeString(folder.resolve("passwords"), text);
            assertThatThrownBy(() -> PasswordFileEditor.read(file))
                    .as("a change of one account would be one of all")
                    .hasMessageContaining("found CR alone");
            assertThatThrownBy(() -> PasswordFileEditor.parse("passwords", text))
                    .hasMessageStartingWith(refusal);
        }
        assertThat(PasswordFile.parse("passwords", "a:" + hash + "\r").hashes()).containsOnlyKeys("a");
    }

    @Test
    void what_mosquitto_passwd_wrote_opens_with_its_password_alone() {
        PasswordFile file = PasswordFile.parse("passwords", BY_MOSQUITTO_PASSWD);

        assertThat(file.hashes()).containsOnlyKeys("kitchen", "hall");
        for (PasswordHash hash : file.hashes().values()) {
            assertThat(hash.matches("geheim ö".getBytes(UTF_8))).isTrue();
            assertThat(hash.matches("geheim o".getBytes(UTF_8))).isFalse();
            assertThat(hash.matches(new byte[0])).isFalse();
        }
        assertThat(file.text()).isEqualTo(BY_MOSQUITTO_PASSWD);
    }

    @Test
    void more_iterations_than_fit_into_an_int_are_refused_with_their_place_and_never_wrap_around() {
        for (String iterations : List.of("4294967397", "2147483648", "100000001", "99999999999999999999")) {
            String text = "# ours\n" + BY_MOSQUITTO_PASSWD.replace("$7$101$", "$7$" + iterations + "$");

            assertThatThrownBy(() -> PasswordFile.parse("passwords", text))
                    .isInstanceOf(AccessFileException.class)
                    .hasMessageStartingWith("passwords:2:9: expected $6$salt$hash")
                    .hasMessageEndingWith("the number of iterations is not between 1 and 100000000 (account kitchen)");
        }
    }

    @Test
    void a_new_hash_opens_with_its_password_and_reads_back() {
        SecureRandom random = new SecureRandom();
        for (String password : List.of("", "a", "long ".repeat(50))) {
            byte[] bytes = password.getBytes(UTF_8);
            for (PasswordHash hash :
                    List.of(PasswordHash.sha512(bytes, random), PasswordHash.pbkdf2Sha512(bytes, 3, random))) {
                assertThat(PasswordHash.parse(hash.encoded())).isEqualTo(hash);
                assertThat(hash.matches(bytes)).isTrue();
                assertThat(hash.matches((password + "x").getBytes(UTF_8))).isFalse();
                assertThat(hash.toString()).doesNotContain(hash.encoded().substring(6));
            }
        }
    }

    @Test
    void argon2id_as_the_reference_implementation_writes_it_opens_with_its_password_alone() {
        // The reference implementation's own test vector.
        PasswordHash hash = PasswordHash.parse(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

        assertThat(hash.matches("password".getBytes(UTF_8))).isTrue();
        assertThat(hash.matches("passwort".getBytes(UTF_8))).isFalse();
        PasswordHash created = PasswordHash.argon2id("a".getBytes(UTF_8), new SecureRandom());
        assertThat(PasswordHash.parse(created.encoded())).isEqualTo(created);
        assertThat(created.matches("a".getBytes(UTF_8))).isTrue();
    }

    @Test
    void a_password_file_made_by_hand_is_refused_with_its_line_and_the_expected_shape() {
        assertThatThrownBy(() -> PasswordFile.parse("passwords", "# ours\nalicia:$7$101$plaintext\n"))
                .isInstanceOf(AccessFileException.class)
                .hasMessageStartingWith("passwords:2:8: expected $6$salt$hash or $7$iterations$salt$hash")
                .hasMessageEndingWith("(account alicia)")
                .hasMessageNotContaining("plaintext");
    }

    @Test
    void who_may_log_in_is_decided_by_password_and_client_identifier() {
        Authenticator authenticator = Authenticator.passwords(
                List.of(
                        Account.of("kitchen", PasswordHash.plain("secret")),
                        Account.of("hall", PasswordHash.plain("secret")).boundTo(List.of("hall-1")),
                        Account.withoutPassword("certificate")),
                Runnable::run);

        assertThat(logIn(authenticator, "kitchen", "secret")).isEqualTo("accepted as kitchen");
        assertThat(logIn(authenticator, "kitchen", "Secret")).isEqualTo("refused: the password is wrong");
        assertThat(logIn(authenticator, "nobody", "secret")).isEqualTo("refused: there is no such account");
        assertThat(logIn(authenticator, "certificate", "secret")).isEqualTo("refused: the account has no password");
        assertThat(logIn(authenticator, "hall", "secret"))
                .isEqualTo("refused: the account is bound to other client identifiers");
    }

    /** What takes no time tells who guesses names that there is no such account. */
    @Test
    void an_account_that_is_unknown_or_has_no_password_costs_as_much_as_a_wrong_password() {
        PasswordHash slow = PasswordHash.pbkdf2Sha512("secret".getBytes(UTF_8), 100_000, new SecureRandom());
        Authenticator authenticator = Authenticator.passwords(
                List.of(Account.of("kitchen", slow), Account.withoutPassword("certificate")), Runnable::run);

        long wrong = nanosOf(authenticator, "kitchen");

        assertThat(nanosOf(authenticator, "nobody")).isGreaterThan(wrong / 3);
        assertThat(nanosOf(authenticator, "certificate")).isGreaterThan(wrong / 3);
    }

    /** The least of several, of this thread's own time: what else the machine does is not counted. */
    private static long nanosOf(Authenticator authenticator, String account) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(logIn(authenticator, account, "guess")).startsWith("refused");
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    @Test
    void a_password_is_hashed_by_the_executor_and_never_by_the_caller() {
        List<Runnable> given = new ArrayList<>();
        Authenticator authenticator =
                Authenticator.passwords(List.of(Account.of("kitchen", PasswordHash.plain("secret"))), given::add);
        LogIn logIn = LogIn.builder("c")
                .account("kitchen")
                .password("secret".getBytes(UTF_8))
                .build();

        CompletableFuture<Authentication> outcome =
                authenticator.authenticate(logIn).toCompletableFuture();

        assertThat(outcome).isNotDone();
        given.forEach(Runnable::run);
        assertThat(outcome.join()).hasToString("accepted as kitchen");
    }

    @Test
    void a_certificate_lets_in_the_account_that_it_names_with_the_client_identifiers_that_it_is_bound_to() {
        Authenticator authenticator = Authenticator.certificates(
                List.of(Account.withoutPassword("hall").boundTo(List.of("hall-1"))));

        assertThat(certified(authenticator, "hall", "hall-1")).isEqualTo("accepted as hall");
        assertThat(certified(authenticator, "hall", "hall-2"))
                .isEqualTo("refused: the account is bound to other client identifiers");
        assertThat(certified(authenticator, "kitchen", "hall-2")).isEqualTo("accepted as kitchen");
        assertThat(certified(authenticator, null, "hall-1")).isEqualTo("refused: there is no client certificate");
    }

    private static String certified(Authenticator authenticator, @Nullable String identity, String clientIdentifier) {
        LogIn logIn = LogIn.builder(clientIdentifier)
                .account("ignored")
                .certificateIdentity(identity)
                .build();
        return authenticator.authenticate(logIn).toCompletableFuture().join().toString();
    }

    private static String logIn(Authenticator authenticator, String account, String password) {
        LogIn logIn = LogIn.builder("client-1")
                .account(account)
                .password(password.getBytes(UTF_8))
                .build();
        return authenticator.authenticate(logIn).toCompletableFuture().join().toString();
    }
}
