package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Password files between the real mosquitto_passwd, the real Mosquitto and ours. */
class MosquittoPasswordsTest {

    private static final List<String> PASSWORDS =
            List.of("a", "secret", "geheim ö \u4e2d", " blanks ", "x".repeat(200), "$7$:#");

    @TempDir
    private Path folder;

    @Test
    void what_mosquitto_passwd_writes_opens_with_ours() {
        for (String algorithm : List.of("sha512", "sha512-pbkdf2")) {
            for (String password : PASSWORDS) {
                Path file = folder.resolve(algorithm + password.hashCode());
                RealMosquitto.run(
                        RealMosquitto.tool("mosquitto_passwd").toString(),
                        "-H",
                        algorithm,
                        "-c",
                        "-b",
                        file.toString(),
                        "kitchen",
                        password);

                PasswordHash hash = PasswordFile.read(file).hashes().get("kitchen");

                assertThat(hash).isNotNull().satisfies(read -> {
                    assertThat(read.matches(password.getBytes(UTF_8))).isTrue();
                    assertThat(read.matches((password + "x").getBytes(UTF_8))).isFalse();
                });
            }
        }
    }

    @Test
    void what_ours_writes_opens_with_mosquitto() throws IOException {
        SecureRandom random = new SecureRandom();
        PasswordFile file = PasswordFile.parse("passwords", "# the house\r\n");
        for (int i = 0; i < PASSWORDS.size(); i++) {
            byte[] password = PASSWORDS.get(i).getBytes(UTF_8);
            file = file.with("quick " + i, PasswordHash.sha512(password, random))
                    .with("slow/" + i, PasswordHash.pbkdf2Sha512(password, 1_000, random));
        }
        Path path = folder.resolve("passwords");
        file.write(path);

        try (RealMosquitto mosquitto = RealMosquitto.start(folder, "password_file " + path)) {
            for (int i = 0; i < PASSWORDS.size(); i++) {
                for (String account : List.of("quick " + i, "slow/" + i)) {
                    assertThat(connack(mosquitto, account, PASSWORDS.get(i)))
                            .as("%s with its password; %s", account, mosquitto.logLines())
                            .isZero();
                    assertThat(connack(mosquitto, account, PASSWORDS.get(i) + "x"))
                            .as("%s with another", account)
                            .isEqualTo(WireClient.NOT_AUTHORIZED);
                }
            }
        }
    }

    private static int connack(RealMosquitto mosquitto, String account, String password) throws IOException {
        try (WireClient client = WireClient.tryConnect(mosquitto.port(), "client", account, password.getBytes(UTF_8))) {
            return client.connackReason();
        }
    }

    @Test
    void changing_one_account_leaves_the_other_lines_as_they_were() throws IOException {
        PasswordHash hash = PasswordHash.sha512(new byte[] {1}, new SecureRandom());
        String line = ":" + hash.encoded();
        String text = "# the house\r\n\r\na" + line + "\r\n#b\nb" + line + "  \nc" + line;
        PasswordFile file = PasswordFile.parse("passwords", text);
        PasswordHash other = PasswordHash.sha512(new byte[] {2}, new SecureRandom());

        assertThat(file.text()).isEqualTo(text);
        assertThat(file.with("a", other).text()).isEqualTo(text.replace("a" + line, "a:" + other.encoded()));
        assertThat(file.with("d", other).text()).isEqualTo(text + "\nd:" + other.encoded() + "\n");
        assertThat(file.without("b").text()).isEqualTo(text.replace("b" + line + "  \n", ""));
        Path path = folder.resolve("p");
        file.write(path);
        assertThat(Files.readString(path)).isEqualTo(text);
        assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
    }
}
