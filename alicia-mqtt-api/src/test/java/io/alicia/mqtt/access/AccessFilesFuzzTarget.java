package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What holds for a file of any content, in the shape that Jazzer and other coverage-guided fuzzers call; as a program it
 * takes the files that they found.
 */
public final class AccessFilesFuzzTarget {

    private static final PasswordHash HASH = PasswordHash.parse("$7$101$AAAAAAAAAAAAAAAA$" + "A".repeat(86) + "==");

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
            same(file.toString(), text);
            file.policy().decide("a", "b", Access.PUBLISH, TopicName.of("a/b"));
        });
        readOrRefused(() -> same(PasswordFile.parse("f", text).text(), text));
        readOrRefused(
                () -> DynamicSecurity.parse("f", text).policy().decide("a", "b", Access.RECEIVE, TopicName.of("a")));
        readOrRefused(() -> edited(text));
        AclOutline outline = new AclOutline("f", text);
        Findings findings = new Findings("f");
        new AclLineChecks(outline, findings).run();
        new AclSectionChecks(outline, findings).run();
        PasswordChecks.ofFile(new PasswordOutline("f", text), findings);
        new RolesChecks(findings).run("f", text, List.of());
        for (Finding finding : findings.sorted()) {
            that(finding.toString().indexOf('\0') < 0, finding.toString());
            that(finding.line() > 0, finding.toString());
        }
    }

    /** Whatever else stands there: a change touches the lines of its account alone. */
    private static void edited(String text) {
        PasswordFileEditor file = PasswordFileEditor.parse("f", text);
        same(file.text(), text);
        if (!file.contains("nobody")) {
            PasswordFileEditor with = file.with("nobody", HASH);
            that(with.contains("nobody"), text);
            that(with.text().startsWith(text), text);
            that(with.without("nobody").text().startsWith(text), text);
        }
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
        that(refusal.line() > 0 && refusal.column() > 0, message);
        that(message.chars().noneMatch(Character::isISOControl), message);
    }

    // Not by the assertion library: it would take most of the time of a run.
    private static void same(String found, String expected) {
        if (!found.equals(expected)) {
            throw new AssertionError("expected \"" + expected + "\", found \"" + found + "\"");
        }
    }

    private static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Checks files. */
    public static void main(String[] files) throws IOException {
        for (String file : files) {
            fuzzerTestOneInput(Files.readAllBytes(Path.of(file)));
        }
    }
}
