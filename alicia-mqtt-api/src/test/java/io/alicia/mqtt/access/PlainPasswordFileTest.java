package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainPasswordFileTest {

    private static final String TEXT = "# of the tests\r\nkitchen:a:b #c\r\n\r\nhall: d ";

    @TempDir
    private Path folder;

    @Test
    void the_password_is_all_that_stands_behind_the_first_colon() {
        PlainPasswordFile file = PlainPasswordFile.parse("plain", TEXT);

        assertThat(file.accounts()).extracting(Account::name).containsExactly("kitchen", "hall");
        PasswordFile hashed = file.hashed(1, new SecureRandom());
        assertThat(hashed.hashes())
                .hasEntrySatisfying(
                        "kitchen",
                        hash -> assertThat(hash.matches("a:b #c".getBytes(UTF_8)))
                                .isTrue());
        assertThat(hashed.hashes())
                .hasEntrySatisfying(
                        "hall",
                        hash -> assertThat(hash.matches(" d ".getBytes(UTF_8))).isTrue());
        assertThat(hashed.text()).doesNotContain("a:b #c");
    }

    @Test
    void what_was_read_is_written_as_it_was() throws IOException {
        Path file = folder.resolve("plain");
        PlainPasswordFile.parse("plain", TEXT).write(file);

        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(PlainPasswordFile.read(file).text()).isEqualTo(TEXT);
    }

    @Test
    void passwords_become_a_file_and_never_words() {
        Map<String, String> passwords = new LinkedHashMap<>();
        passwords.put("kitchen", "secret");
        passwords.put("hall", "other");

        PlainPasswordFile file = PlainPasswordFile.of("plain", passwords);

        assertThat(file.text()).isEqualTo("kitchen:secret\nhall:other\n");
        assertThat(file).hasToString("plain (2 accounts)");
        assertThat(file.accounts().toString()).doesNotContain("secret");
        assertThatThrownBy(() -> PlainPasswordFile.of("plain", Map.of("kitchen", "two\nlines")))
                .hasMessageContaining("kitchen");
        assertThatThrownBy(() -> PlainPasswordFile.of("plain", Map.of("a:b", "x")))
                .hasMessageContaining("without :");
    }

    @Test
    void a_broken_line_is_named_with_what_was_expected() {
        assertThatThrownBy(() -> PlainPasswordFile.parse("plain", "kitchen:x\nsecret"))
                .isInstanceOf(AccessFileException.class)
                .hasMessageContaining("plain:2:1")
                .hasMessageContaining("expected account:password")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> PlainPasswordFile.parse("plain", "kitchen:"))
                .hasMessageContaining("plain:1:9")
                .hasMessageContaining("expected a password");
        assertThatThrownBy(() -> PlainPasswordFile.parse("plain", "kitchen:x\nkitchen:y"))
                .hasMessageContaining("again after line 1");
    }

    @Test
    void a_broker_never_takes_a_plain_line_for_a_hash() {
        assertThatThrownBy(() -> PasswordFile.parse("passwords", "kitchen:secret"))
                .isInstanceOf(AccessFileException.class)
                .hasMessageNotContaining("secret");
    }
}
