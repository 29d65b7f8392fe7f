package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access files that a test writes and has checked.
 *
 * @param folder where they are
 */
record CheckedFiles(Path folder) {

    /** Before a test has its folder. */
    static final CheckedFiles NONE = new CheckedFiles(Path.of(""));

    private static final SecureRandom RANDOM = new SecureRandom();

    List<Finding> acl(String... lines) {
        return check(lines(lines), null, List.of());
    }

    List<Finding> check(@Nullable String acl, @Nullable String passwords, List<String> expectations) {
        AccessChecker checker = AccessChecker.of(
                acl == null ? null : written("house.acl", acl),
                passwords == null ? null : written("passwords", passwords));
        for (String expectation : expectations) {
            checker = checker.expecting(Expectation.parse(expectation));
        }
        // Most clients of these tests have no password, because it is not what they are about.
        return checker.check().stream()
                .filter(finding -> !finding.kind().equals("client-without-password"))
                .toList();
    }

    /** A file that only its owner may read. */
    Path written(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String lines(String... lines) {
        return String.join("\n", lines);
    }

    /** Line and kind of each finding. */
    static List<String> kinds(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.line() + " " + finding.kind())
                .toList();
    }

    /** A line of a password file that nothing is to be said about. */
    static String strong(String account) {
        return account + ":"
                + PasswordHash.pbkdf2Sha512(new byte[] {1}, 21_000, RANDOM).encoded() + "\n";
    }
}
