package io.alicia.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerIdentityTest {

    @TempDir
    static Path directory;

    @BeforeAll
    static void find() {
        OpenSsl.require("openssl");
    }

    private static void openssl(String arguments) {
        OpenSsl.run(directory, arguments.split(" ", -1));
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    private static String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RSA in PKCS#8          | genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out made.key | pkey -in made.key -out k.key
            RSA in PKCS#1          | genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out made.key | rsa -traditional -in made.key -out k.key
            P-256 in PKCS#8        | ecparam -name prime256v1 -genkey -noout -out made.key                     | pkey -in made.key -out k.key
            P-384 in RFC 5915      | ecparam -name secp384r1 -genkey -noout -out made.key                      | ec -in made.key -out k.key
            P-521 with parameters  | ecparam -name secp521r1 -genkey -out made.key                             | version
            """)
    void is_read_from_every_form_that_openssl_writes(String name, String make, String convert) throws IOException {
        openssl(make);
        openssl(convert);
        String key = convert.equals("version") ? "made.key" : "k.key";
        openssl("req -x509 -new -key " + key + " -subj /CN=x -days 1 -out k.crt");

        ServerIdentity identity = ServerIdentity.read(file("k.crt"), file(key), List.of());

        assertThat(identity.chain()).hasSize(1);
        assertThat(identity.key().getAlgorithm()).isIn("RSA", "EC");
    }

    @Test
    void is_found_among_other_blocks_and_text() throws IOException {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout a.key -subj /CN=x -days 1 -out a.crt");
        Files.writeString(file("both.pem"), "The hall's:\n" + text("a.crt") + "and its key\n" + text("a.key"));

        assertThat(ServerIdentity.read(file("both.pem"), file("both.pem"), List.of())
                        .chain())
                .hasSize(1);
    }

    @Test
    void that_can_not_be_used_says_which_file_and_why() throws IOException {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout a.key -subj /CN=x -days 1 -out a.crt");
        openssl("genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.key");
        openssl("genpkey -quiet -algorithm ed25519 -out ed.key");
        openssl("pkey -in a.key -aes256 -passout pass:secret -out encrypted.key");
        openssl("ec -in a.key -aes256 -passout pass:secret -out encrypted-old.key");
        Files.writeString(file("text"), "hello");
        Files.writeString(file("cut.key"), text("a.key").replaceFirst("(?s)(BEGIN.{60}).*(\n-----END)", "$1$2"));
        Files.writeString(file("cut.crt"), text("a.crt").replaceFirst("(?s)(BEGIN.{80}).*(\n-----END)", "$1$2"));

        assertRefused("nothing.crt", "a.key", "Check certfile: there is no such file.");
        assertRefused("text", "a.key", "Check certfile: it is not a PEM file, expected \"-----BEGIN …-----\".");
        assertRefused("a.key", "a.key", "Check certfile: there is no certificate in it");
        assertRefused("cut.crt", "a.key", "Check certfile: a certificate in it is damaged.");
        assertRefused("a.crt", "nothing.key", "Check keyfile: there is no such file.");
        assertRefused("a.crt", ".", "Check keyfile: it is a directory.");
        assertRefused("a.crt", "a.crt", "Check keyfile: there is no private key in it, only CERTIFICATE.");
        assertRefused("a.crt", "cut.key", "Check keyfile: the key is damaged.");
        assertRefused(
                "a.crt", "encrypted.key", "Check keyfile: the key is encrypted, expected one without a pass phrase.");
        assertRefused("a.crt", "encrypted-old.key", "the key is encrypted, expected one without a pass phrase.");
        assertRefused("a.crt", "other.key", "Server certificate/key are inconsistent: the key in keyfile");
        assertRefused("a.crt", "ed.key", "Unable to use a key of type EdDSA");
    }

    private static void assertRefused(String certfile, String keyfile, String reason) {
        assertThatThrownBy(() -> ServerIdentity.read(file(certfile), file(keyfile), List.of()))
                .as(certfile + " with " + keyfile)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(reason);
    }
}
