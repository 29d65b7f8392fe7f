package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What holds for a file of any content, in the shape that Jazzer and other coverage-guided fuzzers call; as a program it
 * takes the files that they found.
 */
public final class AccessFilesFuzzTarget {

    private AccessFilesFuzzTarget() {}

    /** {@code data} is read as each kind of file: it is refused with a place, or reads back as it was. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text;
        try {
            text = TextFile.decode("f", data);
        } catch (AccessFileException e) {
            assertPlace(e);
            return;
        }
        readOrRefused(() -> {
            AclFile file = AclFile.parse("f", text);
            assertThat(file).hasToString(text);
            file.policy().decide("a", "b", Access.PUBLISH, TopicName.of("a/b"));
        });
        readOrRefused(() -> assertThat(PasswordFile.parse("f", text).text()).isEqualTo(text));
        readOrRefused(
                () -> DynamicSecurity.parse("f", text).policy().decide("a", "b", Access.RECEIVE, TopicName.of("a")));
        AclOutline outline = new AclOutline("f", text);
        Findings findings = new Findings("f");
        new AclLineChecks(outline, findings).run();
        new AclSectionChecks(outline, findings).run();
        new PasswordChecks(new PasswordOutline("f", text), findings).run();
        assertThat(findings.sorted())
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("\u0000"));
    }

    private static void readOrRefused(Runnable read) {
        try {
            read.run();
        } catch (AccessFileException e) {
            assertPlace(e);
        }
    }

    private static void assertPlace(AccessFileException refusal) {
        String message = String.valueOf(refusal.getMessage());
        assertThat(refusal.line() > 0 && refusal.column() > 0).as(message).isTrue();
        assertThat(message.chars().noneMatch(Character::isISOControl))
                .as(message)
                .isTrue();
    }

    /** Checks files. */
    public static void main(String[] files) throws IOException {
        for (String file : files) {
            fuzzerTestOneInput(Files.readAllBytes(Path.of(file)));
        }
    }
}
