package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Mosquitto {@code acl_file} as a document: its lines in order, with comments, as they were written.
 *
 * <p>Immutable; {@link #toString()} gives back the text that was read, character by character.
 */
public final class AclFile {

    private static final Logger LOG = LoggerFactory.getLogger(AclFile.class);

    private final String name;
    private final String text;
    private final List<AclLine> lines;

    private AclFile(String name, String text, List<AclLine> lines) {
        this.name = name;
        this.text = text;
        this.lines = lines;
    }

    /**
     * Reads a file, whole or not at all. One whose lines end with CR alone is one line, as for Mosquitto, which hardly says
     * what was meant: that is logged.
     *
     * @throws AccessFileException if it cannot be read, is not text in UTF-8, or has a line that Mosquitto refuses
     */
    public static AclFile read(Path file) {
        String text = TextFile.read(file);
        AclFile read = parse(file.toString(), text);
        if (TextFile.endsLinesWithCarriageReturn(text)) {
            LOG.warn(
                    "{}:1: the lines end with CR alone, as old Macs wrote them: the whole file is one line here and in"
                            + " Mosquitto, so nobody has the rights that it was to give; `tr '\\r' '\\n'` writes LF",
                    file);
        }
        return read;
    }

    /**
     * Reads a file's text, whole or not at all.
     *
     * @param name what errors and rules call the file
     * @throws AccessFileException if it has a line that Mosquitto refuses
     */
    public static AclFile parse(String name, String text) {
        List<AclLine> lines = new ArrayList<>();
        for (TextFile.Line line : TextFile.lines(text)) {
            lines.add(AclLine.parse(name, line));
        }
        return new AclFile(name, text, List.copyOf(lines));
    }

    /**
     * The file that says {@code policy}: anonymous rules first, then each account's, then the patterns.
     *
     * @throws IllegalArgumentException if a name or filter has blanks or line breaks that a file cannot say, which the
     *     message names, or if the policy allows everything, which is the absence of a file
     */
    public static AclFile of(String name, AccessPolicy policy) {
        if (policy.isUnrestricted()) {
            throw new IllegalArgumentException("a policy that allows everything is no ACL file, but its absence");
        }
        if (policy.isOfRoles()) {
            throw new IllegalArgumentException("a policy of roles is converted first, see AccessConversion");
        }
        StringBuilder text = new StringBuilder();
        policy.anonymousRules().forEach(rule -> text.append(lineOf(rule)).append('\n'));
        for (String account : policy.accounts()) {
            requireSayable(
                    "user " + account,
                    line -> account.equals(line.user()),
                    () -> "the account \"" + Words.shown(account) + "\"");
            text.append(text.isEmpty() ? "" : "\n")
                    .append("user ")
                    .append(account)
                    .append('\n');
            policy.rulesOf(account).forEach(rule -> text.append(lineOf(rule)).append('\n'));
        }
        if (!policy.patterns().isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n");
            policy.patterns().forEach(rule -> text.append(lineOf(rule)).append('\n'));
        }
        AclFile file = parse(name, text.toString());
        if (!file.policy().rulesEqual(policy)) {
            throw new IllegalStateException("written as other rules: " + file.policy());
        }
        return file;
    }

    private static String lineOf(AccessRule rule) {
        requireSayable(rule.line(), line -> rule.equals(line.rule()), () -> "the filter of " + rule);
        return rule.line();
    }

    private static void requireSayable(String line, Predicate<AclLine> same, Supplier<String> what) {
        List<TextFile.Line> lines = TextFile.lines(line);
        if (lines.size() != 1 || !isSame(lines.get(0), same)) {
            throw new IllegalArgumentException(
                    what.get() + " begins or ends with a blank or contains a line break, which an ACL file cannot say");
        }
    }

    private static boolean isSame(TextFile.Line line, Predicate<AclLine> same) {
        try {
            return same.test(AclLine.parse("", line));
        } catch (AccessFileException e) {
            return false;
        }
    }

    /** What errors and rules call the file. */
    public String name() {
        return name;
    }

    List<AclLine> lines() {
        return lines;
    }

    /** What the file says. */
    public AccessPolicy policy() {
        Map<String, List<AccessRule>> accounts = new LinkedHashMap<>();
        List<AccessRule> anonymous = new ArrayList<>();
        List<AccessRule> patterns = new ArrayList<>();
        List<AccessRule> section = anonymous;
        for (AclLine line : lines) {
            String user = line.user();
            AccessRule rule = line.rule();
            if (user != null) {
                section = accounts.computeIfAbsent(user, account -> new ArrayList<>());
            } else if (rule != null) {
                (rule.kind() == AccessRule.Kind.PATTERN ? patterns : section).add(rule);
            }
        }
        return AccessPolicy.of(accounts, anonymous, patterns);
    }

    /**
     * Writes the text to {@code file} in UTF-8. Readers see the old file or the new one, never a part. A new
     * file is no secret: it has the permissions that the process gives to its files.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        FileReplacement.of(file).with(text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AclFile that && name.equals(that.name) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text of the file. */
    @Override
    public String toString() {
        return text;
    }
}
