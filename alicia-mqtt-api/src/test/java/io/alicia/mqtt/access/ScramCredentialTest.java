package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScramCredentialTest {

    /** The example of RFC 7677 §3. */
    private static final ScramCredential RFC_7677 =
            ScramCredential.derive("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

    private static final byte[] AUTH_MESSAGE = ("n=user,r=rOprNGfwEbeRWgbNEkqO,"
                    + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                    + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
            .getBytes(UTF_8);

    @Test
    void the_example_of_rfc_7677_is_verified_and_answered() {
        byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

        assertThat(RFC_7677.verifies(proof, AUTH_MESSAGE)).isTrue();
        assertThat(Base64.getEncoder().encodeToString(RFC_7677.serverSignature(AUTH_MESSAGE)))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        proof[0] ^= 1;
        assertThat(RFC_7677.verifies(proof, AUTH_MESSAGE)).isFalse();
        assertThat(RFC_7677.verifies(new byte[0], AUTH_MESSAGE)).isFalse();
    }

    @Test
    void it_reads_back_from_its_text_and_checks_a_password_in_the_clear() {
        PasswordHash read = PasswordHash.parse(RFC_7677.encoded());

        assertThat(read).isEqualTo(RFC_7677);
        assertThat(read.matches("pencil".getBytes(UTF_8))).isTrue();
        assertThat(read.matches("pencils".getBytes(UTF_8))).isFalse();
        assertThat(Account.of("user", read).scramCredential()).contains(RFC_7677);
    }

    @Test
    void passwords_that_look_the_same_are_the_same() {
        ScramCredential credential = ScramCredential.derive("\u2168 a\u00a0b\u00ad", 4096, new SecureRandom());

        assertThat(credential.matches("IX a b".getBytes(UTF_8))).isTrue();
    }

    @Test
    void a_password_with_a_control_character_is_refused() {
        assertThatThrownBy(() -> ScramCredential.derive("a\u0007", 4096, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\u0007");
    }

    @Test
    void an_unknown_account_always_shows_the_same_salt_and_no_password_fits() {
        byte[] secret = {1, 2, 3};
        ScramCredential unknown = ScramCredential.forUnknown("nobody", secret, 4096);

        assertThat(ScramCredential.forUnknown("nobody", secret, 4096).salt()).isEqualTo(unknown.salt());
        assertThat(ScramCredential.forUnknown("somebody", secret, 4096).salt()).isNotEqualTo(unknown.salt());
        assertThat(unknown.matches(new byte[0])).isFalse();
    }

    @Test
    void a_broken_text_is_refused_with_the_part_that_is_wrong() {
        for (String broken : List.of(
                "SCRAM-SHA-256$",
                "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
                "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
                "SCRAM-SHA-256$4096:!$AAAA:AAAA")) {
            assertThatThrownBy(() -> PasswordHash.parse(broken))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected SCRAM-SHA-256$iterations:salt$storedKey:serverKey");
        }
    }
}
