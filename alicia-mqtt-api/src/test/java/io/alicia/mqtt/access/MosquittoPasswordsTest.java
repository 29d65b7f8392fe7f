package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
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
    void a_tab_around_an_account_does_not_count_and_one_within_is_a_name_that_cannot_log_in() throws IOException {
        String hash = PasswordHash.pbkdf2Sha512("secret".getBytes(UTF_8), 101, new SecureRandom())
                .encoded();
        String text = "\ttabbed\t:" + hash + "\nta\tb:" + hash + "\n";
        Path path = Files.writeString(folder.resolve("passwords"), text);

        assertThat(PasswordFile.read(path).hashes()).containsOnlyKeys("tabbed", "ta\tb");
        try (RealMosquitto mosquitto = RealMosquitto.start(folder, "password_file " + path)) {
            assertThat(connack(mosquitto, "tabbed", "secret")).isZero();
            // A User Name with a control character is a Malformed Packet, whether the file has it or not.
            assertThatThrownBy(() -> connack(mosquitto, "ta\tb", "secret")).isInstanceOf(IOException.class);
        }
        PasswordFile file = PasswordFile.read(path);
        PasswordHash read = PasswordHash.parse(hash);
        assertThatThrownBy(() -> file.with("x\ty", read))
                .as("as mosquitto_passwd: Username must not contain control characters")
                .hasMessageContaining("without : and control characters")
                .hasMessageContaining("x\\u0009y");
    }

    @Test
    void what_is_said_of_a_line_that_ours_refuses_is_what_the_real_mosquitto_does() throws IOException {
        String hash = PasswordHash.pbkdf2Sha512("first".getBytes(UTF_8), 101, new SecureRandom())
                .encoded();
        String other = PasswordHash.sha512("second".getBytes(UTF_8), new SecureRandom())
                .encoded();
        String rest = hash.substring("$7$101".length());
        List<String> shapes = List.of(
                "@:" + hash + ":x",
                "@:" + hash + "$",
                "@:" + hash + "$x",
                "@:$" + hash,
                "@:$7$+101" + rest,
                "@:$7$101x" + rest,
                "@:$7$ 101" + rest,
                "@:$7$0" + rest,
                "@:$7$x" + rest,
                "@:$7$4294967397" + rest,
                "@:$7$4294967296" + rest,
                "@:$7$99999999999999999999" + rest,
                ":@:" + hash,
                "@::" + hash,
                "@:" + hash.substring(0, hash.length() - 1),
                "@:" + hash.substring(0, hash.length() - 2),
                "@:" + hash.substring(1),
                "@:$7" + rest,
                "@:" + other.substring(0, other.length() - 2),
                "@:" + other.replace("$6$", "$6$AA"),
                "@:first",
                "@:",
                "@",
                "@:" + hash + "\n@:" + other,
                "@:" + other + "\n@:" + hash,
                "@:" + hash + "\n@:plain",
                "@:plain\n@:" + hash,
                "@:" + hash + "\n@:plain\n@:" + other);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shapes.size(); i++) {
            text.append(shapes.get(i).replace("@", "a" + i)).append('\n');
        }
        Path path = Files.writeString(folder.resolve("passwords"), text);
        PasswordOutline ours = new PasswordOutline("passwords", text.toString());
        Map<String, List<Integer>> usable = ours.usableForMosquitto();

        try (RealMosquitto mosquitto = RealMosquitto.start(folder, "password_file " + path)) {
            for (int i = 0; i < shapes.size(); i++) {
                String account = "a" + i;
                boolean first = connack(mosquitto, account, "first") == 0;
                boolean second = connack(mosquitto, account, "second") == 0;
                assertThat(usable.containsKey(account))
                        .as("%s, account %s: %s", shapes.get(i), account, mosquitto.logLines())
                        .isEqualTo(first || second);
                assertThat(first && second).as("two passwords of %s", account).isFalse();
                assertThat(ours.hashes().containsKey(account) && !first && !second)
                        .as("%s lets in with ours alone", shapes.get(i))
                        .isFalse();
                if (usable.containsKey(account)) {
                    List<Integer> lines = usable.get(account);
                    boolean lastIsSecond = text.toString()
                            .lines()
                            .toList()
                            .get(lines.get(lines.size() - 1) - 1)
                            .contains(other);
                    assertThat(second)
                            .as("the last line counts: %s", shapes.get(i))
                            .isEqualTo(lastIsSecond);
                }
            }
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
