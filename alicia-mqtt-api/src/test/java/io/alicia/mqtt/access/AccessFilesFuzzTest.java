package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.topic.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Access files of any content: they are read or refused with a place, and what is read is written as it was. A build tries
 * as many as a second or two allow; {@code -Dalicia.access.fuzz.rounds} and {@code -Dalicia.access.fuzz.seed} try more.
 */
class AccessFilesFuzzTest {

    private static final int ROUNDS = Integer.getInteger("alicia.access.fuzz.rounds", 1_000);

    private static final List<String> PIECES = List.of(
            "topic",
            "pattern",
            "user",
            " ",
            "  ",
            "read",
            "write",
            "readwrite",
            "deny",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "#",
            "# comment",
            "+",
            "/",
            "a",
            "b/c",
            "%c",
            "%u",
            "$SYS",
            "$share/",
            ":",
            "$7$101$",
            "$6$",
            "\uFEFF",
            "ä",
            "\u4e2d",
            "\ud83d\ude00",
            "\u0000",
            "\u000b",
            "{",
            "}",
            "[",
            "]",
            "\"roles\"",
            "\"clients\"",
            ",",
            "1");

    @Test
    void any_text_is_read_or_refused_with_its_place_and_reads_back_as_it_was() {
        long seed = Long.getLong("alicia.access.fuzz.seed", 12_345L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 4 * ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(14); piece > 0; piece--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            check(text.toString().getBytes(UTF_8), "seed " + seed + ", round " + round);
        }
    }

    @Test
    void any_bytes_are_read_or_refused_with_their_place() {
        long seed = Long.getLong("alicia.access.fuzz.seed", 54_321L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            check(bytes, "seed " + seed + ", round " + round);
        }
    }

    @Test
    void files_that_were_fine_until_somebody_touched_them_are_read_or_refused_with_their_place() {
        long seed = Long.getLong("alicia.access.fuzz.seed", 77_777L);
        SplittableRandom random = new SplittableRandom(seed);
        // Small, so that a touch mostly meets what matters.
        AccessPolicy small = AccessPolicy.builder()
                .account("a")
                .mayPublishAndReceive("x/#")
                .mayNeither("x/y")
                .everyClient()
                .mayPublish("z/%u")
                .build();
        List<byte[]> originals = Stream.of(
                        AclFile.of("f", small).toString(),
                        "# the house\r\nkitchen:$7$101$AAAAAAAAAAAAAAAA$" + "A".repeat(86) + "==\r\n",
                        AccessConversion.toDynamicSecurity("f", small, List.of())
                                .result()
                                .text())
                .map(text -> text.getBytes(UTF_8))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
            for (int touch = random.nextInt(1, 5); touch > 0; touch--) {
                bytes = touched(bytes, random);
            }
            check(bytes, "seed " + seed + ", round " + round);
        }
    }

    /** One byte changed, some left out, some said twice, or a piece of the format put in. */
    private static byte[] touched(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(1, 8));
        ByteArrayOutputStream touched = new ByteArrayOutputStream();
        touched.write(bytes, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> touched.write(random.nextInt(256));
            case 1 -> touched.writeBytes(Arrays.copyOfRange(bytes, at, to));
            case 2 ->
                touched.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
            default -> at = to;
        }
        touched.write(bytes, at, bytes.length - at);
        return touched.toByteArray();
    }

    private static void check(byte[] bytes, String where) {
        try {
            AccessFilesFuzzTarget.fuzzerTestOneInput(bytes);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(where, e);
        }
    }

    @Test
    void the_place_of_a_problem_is_counted_in_lines_and_characters() {
        assertRefused("user a\r\ntopic read \u00e4 #\n", "f:2:12: expected a topic filter");
        assertRefused("user a\n\ttopic read b\n", "f:2:1: expected user, topic, pattern or a comment");
        assertRefused("topic reed b\n", "f:1:7: expected read, write, readwrite or deny, found \"reed\"");
        assertRefused("user\n", "f:1:5: expected the name of an account after \"user\"");
        assertThatThrownBy(() -> TextFile.decode("f", "a\nb\u0000".getBytes(UTF_8)))
                .hasMessage("f:2:2: expected text, found the null character U+0000");
        assertThatThrownBy(() -> TextFile.decode("f", new byte[] {'a', '\n', 'b', (byte) 0xff}))
                .hasMessage("f:2:2: expected text in UTF-8, found the byte 0xff");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> AclFile.parse("f", text))
                .isInstanceOf(AccessFileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_file_of_a_million_lines_is_read(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.acl");
        StringBuilder text = new StringBuilder("# large\n");
        for (int line = 0; line < 1_000_000; line++) {
            text.append(line % 10 == 0 ? "user account-" : "topic read house/")
                    .append(line)
                    .append('\n');
        }
        Files.writeString(file, text);

        AclFile acl = AclFile.read(file);

        assertThat(acl.policy().accounts()).hasSize(100_000);
        assertThat(acl.policy()
                        .decide("account-999990", "c", Access.RECEIVE, TopicName.of("house/999999"))
                        .rule()
                        .flatMap(AccessRule::source)
                        .map(RuleSource::line))
                .contains(1_000_001);
    }

    @Test
    void a_line_of_a_megabyte_is_refused_or_read_but_not_repeated_in_full() {
        String megabyte = "x".repeat(1 << 20);

        assertThatThrownBy(() -> AclFile.parse("f", "topic read " + megabyte))
                .hasMessageStartingWith("f:1:12: expected a topic filter: ")
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage())).hasSizeLessThan(1_000));
        assertThatThrownBy(() -> AclFile.parse("f", megabyte))
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage())).hasSizeLessThan(1_000));
        assertThat(AclFile.parse("f", "user " + megabyte).policy().accounts()).containsExactly(megabyte);
        assertThatThrownBy(() -> PasswordFile.parse("f", megabyte + ":" + megabyte))
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage())).hasSizeLessThan(1_000));
        assertThat(AclFile.parse("f", "#" + megabyte)).hasToString("#" + megabyte);
    }
}
