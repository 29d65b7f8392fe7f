package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server's side of SCRAM-SHA-256 against RFC 7677's example and clients that err. */
class ScramMethodTest {

    /** The example of RFC 7677 §3. */
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";

    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0," + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String CLIENT_LAST = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_LAST = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private final Account user = Account.of(
            "user", ScramCredential.derive("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096));
    private final ScramMethod method = new ScramMethod(List.of(user), new SecureRandom());
    private final LogIn logIn = LogIn.builder("c1").build();

    private AuthenticationExchange exchange() {
        return new ScramExchange(method, logIn, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    private static AuthenticationStep step(AuthenticationExchange exchange, String message) {
        return exchange.next(message.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
    }

    private static String data(AuthenticationStep step) {
        return new String(step.authenticationData().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(AuthenticationStep step, String reason) {
        assertThat(step.outcome()).hasValueSatisfying(outcome -> {
            assertThat(outcome.isAccepted()).isFalse();
            assertThat(outcome.reason()).contains(reason);
        });
    }

    @Test
    void the_example_of_the_rfc_is_accepted_word_for_word() {
        AuthenticationExchange exchange = exchange();

        assertThat(data(step(exchange, CLIENT_FIRST))).isEqualTo(SERVER_FIRST);
        AuthenticationStep last = step(exchange, CLIENT_LAST);

        assertThat(data(last)).isEqualTo(SERVER_LAST);
        assertThat(last.outcome().orElseThrow().account()).contains("user");
    }

    @Test
    void a_client_may_wait_to_be_asked() {
        AuthenticationExchange exchange = exchange();

        AuthenticationStep asked = step(exchange, "");

        assertThat(asked.outcome()).isEmpty();
        assertThat(data(asked)).isEmpty();
        assertThat(data(step(exchange, CLIENT_FIRST))).isEqualTo(SERVER_FIRST);
    }

    @Test
    void a_wrong_proof_is_refused_and_ends_the_exchange() {
        AuthenticationExchange exchange = exchange();
        step(exchange, CLIENT_FIRST);

        assertRefused(step(exchange, CLIENT_LAST.replace("p=d", "p=e")), "the proof is wrong");

        assertRefused(step(exchange, CLIENT_LAST), "first message");
    }

    @Test
    void an_account_that_does_not_exist_goes_the_same_way_and_always_shows_the_same_salt() {
        AuthenticationExchange exchange = exchange();
        String unknown = CLIENT_FIRST.replace("n=user", "n=nobody");

        String answer = data(step(exchange, unknown));

        assertThat(answer).matches("r=rOprNGfwEbeRWgbNEkqO.*,s=[A-Za-z0-9+/]{22}==,i=4096");
        assertThat(data(step(exchange(), unknown))).isEqualTo(answer);
        assertRefused(step(exchange, CLIENT_LAST), "the proof is wrong");
    }

    @Test
    void every_exchange_has_a_nonce_of_its_own() {
        String first = data(step(method.begin(logIn), CLIENT_FIRST));
        String second = data(step(method.begin(logIn), CLIENT_FIRST));

        assertThat(first).startsWith("r=rOprNGfwEbeRWgbNEkqO").isNotEqualTo(second);
    }

    @Test
    void messages_that_are_none_are_refused_with_what_was_expected() {
        for (String wrong : new String[] {
            "p=tls-unique,,n=user,r=x",
            "n,n=user,r=x",
            "n,,r=x,n=user",
            "n,,n=,r=x",
            "n,,n=user,r=",
            "n,,n=a=b,r=x",
            "x"
        }) {
            assertRefused(step(exchange(), wrong), "expected");
        }
        for (String wrong : new String[] {"c=biws", "r=x,c=biws,p=AAAA", "c=biws,r=x,p=%%%", ""}) {
            AuthenticationExchange exchange = exchange();
            step(exchange, CLIENT_FIRST);
            assertRefused(step(exchange, wrong), "expected");
        }
    }

    @Test
    void binding_and_nonce_must_be_those_of_the_first_message() {
        AuthenticationExchange exchange = exchange();
        step(exchange, CLIENT_FIRST);
        assertRefused(step(exchange, CLIENT_LAST.replace("c=biws", "c=eSws")), "channel binding");

        AuthenticationExchange other = exchange();
        step(other, CLIENT_FIRST);
        assertRefused(step(other, CLIENT_LAST.replace("r=rO", "r=RO")), "nonce");
    }

    @Test
    void nobody_acts_for_somebody_else() {
        assertRefused(step(exchange(), "n,a=admin,n=user,r=x"), "acts for itself");
        LogIn asAdmin = LogIn.builder("c1").account("admin").build();
        assertRefused(step(new ScramExchange(method, asAdmin, "x"), CLIENT_FIRST), "another account's");
    }

    @Test
    void an_account_bound_to_other_clients_is_refused_at_the_end() {
        ScramMethod bound = new ScramMethod(List.of(user.boundTo(List.of("c2"))), new SecureRandom());
        AuthenticationExchange exchange = new ScramExchange(bound, logIn, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        step(exchange, CLIENT_FIRST);

        assertRefused(step(exchange, CLIENT_LAST), "bound to other client identifiers");
    }

    @Test
    void noise_is_refused_without_an_exception() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5_000; round++) {
            AuthenticationExchange exchange = exchange();
            if (random.nextBoolean()) {
                step(exchange, CLIENT_FIRST);
            }
            byte[] noise = (random.nextBoolean() ? CLIENT_FIRST : CLIENT_LAST).getBytes(StandardCharsets.UTF_8);
            for (int change = 0; change < 3; change++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            AuthenticationStep step = exchange.next(noise).toCompletableFuture().join();
            assertThat(step.outcome().map(Authentication::isAccepted).orElse(false))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    private ScramMethod ofAccounts(int firstPassword) {
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String password = i == 0 ? "p" + firstPassword : "p";
            byte[] salt = {1, 2, 3, (byte) i};
            accounts.add(Account.of("a" + i, ScramCredential.derive(password, salt, i < 30 ? 4096 : 5000)));
        }
        return new ScramMethod(accounts, new SecureRandom());
    }

    private static String shown(ScramMethod method, String name) {
        ScramCredential credential = method.credentialOf(name);
        return credential.iterations() + " " + Base64.getEncoder().encodeToString(credential.salt());
    }

    @Test
    void names_that_are_no_accounts_show_what_accounts_show() {
        ScramMethod method = ofAccounts(0);
        List<String> unknown =
                IntStream.range(0, 400).mapToObj(i -> "nobody-" + i).toList();

        Map<Integer, Long> counts = unknown.stream()
                .collect(Collectors.groupingBy(name -> method.credentialOf(name).iterations(), Collectors.counting()));

        assertThat(counts).as("both counts, in about their proportion").containsOnlyKeys(4096, 5000);
        assertThat(counts.get(4096)).isGreaterThan(counts.get(5000));
        assertThat(unknown.stream().map(name -> shown(method, name)).distinct()).hasSize(400);
    }

    @Test
    void names_that_are_no_accounts_show_salts_as_long_as_those_of_accounts() {
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] salt = new byte[i < 30 ? 12 : 40];
            salt[0] = (byte) i;
            accounts.add(Account.of("a" + i, ScramCredential.derive("p", salt, 4096)));
        }
        ScramMethod method = new ScramMethod(accounts, new SecureRandom());

        List<byte[]> salts = IntStream.range(0, 400)
                .mapToObj(i -> method.credentialOf("nobody-" + i).salt())
                .toList();

        Map<Integer, Long> lengths =
                salts.stream().collect(Collectors.groupingBy(salt -> salt.length, Collectors.counting()));
        assertThat(lengths).as("both lengths, in about their proportion").containsOnlyKeys(12, 40);
        assertThat(lengths.get(12)).isGreaterThan(lengths.get(40));
        assertThat(salts)
                .as("no padding gives them away")
                .noneMatch(salt -> Arrays.equals(Arrays.copyOfRange(salt, salt.length - 8, salt.length), new byte[8]));
    }

    @Test
    void an_account_with_another_kind_of_password_shows_what_no_account_shows() {
        Account scram = Account.of("a", ScramCredential.derive("p", new byte[] {1, 2, 3}, 4096));
        Account other = Account.of(
                "other", PasswordHash.pbkdf2Sha512("p".getBytes(StandardCharsets.UTF_8), 101, new SecureRandom()));

        assertThat(shown(new ScramMethod(List.of(scram, other), new SecureRandom()), "other"))
                .isEqualTo(shown(new ScramMethod(List.of(scram), new SecureRandom()), "other"));
    }

    @Test
    void what_is_shown_for_no_account_stays_after_a_restart_and_mostly_when_a_password_changes() {
        ScramMethod before = ofAccounts(0);
        ScramMethod restarted = ofAccounts(0);
        ScramMethod changed = ofAccounts(1);
        List<String> unknown =
                IntStream.range(0, 400).mapToObj(i -> "nobody-" + i).toList();

        assertThat(unknown).allMatch(name -> shown(before, name).equals(shown(restarted, name)));
        assertThat(unknown.stream().filter(name -> !shown(before, name).equals(shown(changed, name))))
                .hasSizeBetween(1, 120);
    }
}
