package io.alicia.mqtt.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads access files as a careful colleague would and points at what does not do what was meant: rules that hold for
 * the wrong clients, never decide or match nothing, comments that became part of a filter, hashes that let nobody in.
 *
 * <pre>{@code
 * List<Finding> findings = AccessChecker.of(Path.of("house.acl"), Path.of("passwords"))
 *         .expecting(Expectation.parse("only alicia may publish homeassistant/#"))
 *         .check();
 * }</pre>
 *
 * <p>A file with errors is checked as far as it can be read. Immutable.
 */
public final class AccessChecker {

    private static final Pattern HASH_IN_JSON = Pattern.compile("(?i)\"(?:encoded_)?password\"\\s*:\\s*\"");

    /** What is checked: a file, which is read at each check, or what was read of it before. */
    private record Source(String name, Supplier<AccessText> text) {

        static Source of(Path file) {
            return new Source(file.toString(), () -> AccessText.read(file));
        }

        static Source of(AccessText text) {
            return new Source(text.name(), () -> text);
        }
    }

    private final List<Source> aclFiles;
    private final List<Source> passwordFiles;
    private final List<Expectation> expectations;

    private AccessChecker(List<Source> aclFiles, List<Source> passwordFiles, List<Expectation> expectations) {
        this.aclFiles = aclFiles;
        this.passwordFiles = passwordFiles;
        this.expectations = List.copyOf(expectations);
    }

    /**
     * Checks both files, also against each other.
     *
     * @param aclFile an ACL file or the JSON of the dynamic-security plugin; null for none
     * @param passwordFile null for none
     */
    public static AccessChecker of(@Nullable Path aclFile, @Nullable Path passwordFile) {
        return ofAll(
                aclFile == null ? List.of() : List.of(aclFile),
                passwordFile == null ? List.of() : List.of(passwordFile));
    }

    /**
     * Checks the files of a broker whose listeners have their own. Which of them belong together is not known here, so an
     * account is known if any password file has it, and has rules if any ACL file has some for it.
     *
     * @param aclFiles ACL files, or the JSON of the dynamic-security plugin, which has its accounts itself
     * @param passwordFiles password files
     */
    public static AccessChecker ofAll(List<Path> aclFiles, List<Path> passwordFiles) {
        return new AccessChecker(
                aclFiles.stream().map(Source::of).toList(),
                passwordFiles.stream().map(Source::of).toList(),
                List.of());
    }

    /** As {@link #ofAll}, for files that have been read already; nothing is read again. */
    public static AccessChecker ofTexts(List<AccessText> acls, List<AccessText> passwords) {
        return new AccessChecker(
                acls.stream().map(Source::of).toList(),
                passwords.stream().map(Source::of).toList(),
                List.of());
    }

    /** This checker, which also holds the policy of each file against {@code expectation}. */
    public AccessChecker expecting(Expectation expectation) {
        List<Expectation> more = new ArrayList<>(expectations);
        more.add(expectation);
        return new AccessChecker(aclFiles, passwordFiles, more);
    }

    /** The findings, by file and line; a file that cannot be read at all is one. */
    public List<Finding> check() {
        List<Findings> all = new ArrayList<>();
        List<AclOutline> acls = new ArrayList<>();
        Map<AclOutline, Findings> aclFindings = new LinkedHashMap<>();
        for (Source file : aclFiles) {
            Findings findings = begun(file, all);
            AccessText read = read(file, false, findings);
            if (read != null && isJson(read.text())) {
                new RolesChecks(findings).run(file.name(), read.text(), expectations);
            } else if (read != null) {
                AclOutline acl = AclOutline.of(read);
                acls.add(acl);
                aclFindings.put(acl, findings);
            }
        }
        List<PasswordOutline> passwords = new ArrayList<>();
        for (Source file : passwordFiles) {
            Findings findings = begun(file, all);
            AccessText read = read(file, true, findings);
            if (read != null) {
                PasswordOutline outline = PasswordOutline.of(read);
                passwords.add(outline);
                PasswordChecks.ofFile(outline, findings);
                if (!acls.isEmpty()) {
                    AccountChecks.accountsWithoutRules(outline, acls, findings);
                }
            }
        }
        aclFindings.forEach((acl, findings) -> checkAcl(acl, passwords, findings));
        return all.stream().flatMap(findings -> findings.sorted().stream()).toList();
    }

    private static Findings begun(Source file, List<Findings> all) {
        Findings findings = new Findings(file.name());
        all.add(findings);
        return findings;
    }

    private void checkAcl(AclOutline acl, List<PasswordOutline> passwords, Findings findings) {
        new AclLineChecks(acl, findings).run();
        new AclSectionChecks(acl, findings).run();
        new HouseTopicChecks(acl.rules(), findings).run();
        AccountChecks accounts = new AccountChecks(acl, findings);
        accounts.everythingForAnybody();
        if (!passwords.isEmpty()) {
            accounts.unknownAccounts(passwords);
        }
        Set<String> known = AccountChecks.names(passwords);
        AccessPolicy policy = acl.policy();
        expectations.forEach(expectation -> ExpectationCheck.of(expectation, policy, known, Place.ofLine(0), findings));
    }

    private static boolean isJson(String text) {
        return (TextFile.hasByteOrderMark(text) ? text.substring(1) : text)
                .stripLeading()
                .matches("(?s)\\{.*|\\[\\s*([\\]\\[{\"0-9].*)?");
    }

    /** What the file has; null if that is no text that can be checked, which is then a finding. */
    private static @Nullable AccessText read(Source file, boolean secret, Findings findings) {
        Optional<Path> path = Optional.empty();
        try {
            AccessText read = file.text().get();
            path = read.file();
            String text = read.text();
            boolean json = isJson(text);
            boolean hashes = secret || (json && HASH_IN_JSON.matcher(text).find());
            path.ifPresent(of -> FilePermissions.check(of, hashes, findings));
            if (!json && TextFile.endsLinesWithCarriageReturn(text)) {
                findings.error(
                        "carriage-return-line-ends",
                        1,
                        "the lines end with CR alone, as old Macs wrote them: Mosquitto takes the whole file for one line",
                        "lines that end with LF",
                        "the file saved with LF line ends, for example by `tr '\\r' '\\n'`");
                return null;
            }
            // The plugin's reader skips the mark.
            if (!json && TextFile.hasByteOrderMark(text)) {
                findings.error(
                        "byte-order-mark",
                        1,
                        "Mosquitto takes the invisible byte order mark for a part of the first word of the file",
                        "text in UTF-8 without a mark",
                        "the file saved as \"UTF-8\", not \"UTF-8 with BOM\"");
            }
            return read;
        } catch (AccessFileException e) {
            path.ifPresent(of -> FilePermissions.check(of, secret, findings));
            findings.error(
                    "unreadable-file",
                    e,
                    e.problem(),
                    "text in UTF-8",
                    e.problem().matches(".*found the byte 0xf[ef]")
                            ? "the file saved as UTF-8; if it is UTF-16, for example by `iconv -f UTF-16 -t UTF-8`"
                            : e.problem().contains("null character")
                                    ? "the file saved as UTF-8, if an editor saved it as UTF-16, or without that character"
                                    : "the file saved as UTF-8, for example by `iconv -f ISO-8859-1 -t UTF-8`");
            return null;
        }
    }
}
