package io.alicia.mqtt.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final @Nullable Path aclFile;
    private final @Nullable Path passwordFile;
    private final List<Expectation> expectations;

    private AccessChecker(@Nullable Path aclFile, @Nullable Path passwordFile, List<Expectation> expectations) {
        this.aclFile = aclFile;
        this.passwordFile = passwordFile;
        this.expectations = expectations;
    }

    /**
     * Checks both files, also against each other.
     *
     * @param aclFile an ACL file or the JSON of the dynamic-security plugin; null for none
     * @param passwordFile null for none
     */
    public static AccessChecker of(@Nullable Path aclFile, @Nullable Path passwordFile) {
        return new AccessChecker(aclFile, passwordFile, List.of());
    }

    /** This checker, which also holds the policy against {@code expectation}. */
    public AccessChecker expecting(Expectation expectation) {
        List<Expectation> more = new ArrayList<>(expectations);
        more.add(expectation);
        return new AccessChecker(aclFile, passwordFile, List.copyOf(more));
    }

    /** The findings, by file and line; a file that cannot be read at all is one. */
    public List<Finding> check() {
        Findings aclFindings = new Findings(String.valueOf(aclFile));
        Findings passwordFindings = new Findings(String.valueOf(passwordFile));
        String aclText = read(aclFile, false, aclFindings);
        String passwordText = read(passwordFile, true, passwordFindings);
        PasswordOutline passwords =
                passwordText == null ? null : new PasswordOutline(String.valueOf(passwordFile), passwordText);
        if (passwords != null) {
            new PasswordChecks(passwords, passwordFindings).run();
        }
        if (aclText != null && isJson(aclText)) {
            new RolesChecks(aclFindings).run(String.valueOf(aclFile), aclText, expectations);
        } else if (aclText != null) {
            checkAcl(aclText, passwords, aclFindings, passwordFindings);
        }
        List<Finding> findings = new ArrayList<>(aclFindings.sorted());
        findings.addAll(passwordFindings.sorted());
        return List.copyOf(findings);
    }

    private static boolean isJson(String text) {
        return (TextFile.hasByteOrderMark(text) ? text.substring(1) : text)
                .stripLeading()
                .startsWith("{");
    }

    private void checkAcl(
            String text, @Nullable PasswordOutline passwords, Findings aclFindings, Findings passwordFindings) {
        AclOutline acl = new AclOutline(String.valueOf(aclFile), text);
        new AclLineChecks(acl, aclFindings).run();
        new AclSectionChecks(acl, aclFindings).run();
        new HouseTopicChecks(acl, aclFindings).run();
        AccountChecks accounts = new AccountChecks(acl, acl.policy(), aclFindings);
        accounts.everythingForAnybody();
        expectations.forEach(expectation -> ExpectationCheck.of(expectation, acl.policy(), aclFindings));
        if (passwords != null) {
            accounts.unknownAccounts(passwords.lines().keySet());
            accounts.accountsWithoutRules(passwords, passwordFindings);
        }
    }

    private static @Nullable String read(@Nullable Path file, boolean secret, Findings findings) {
        if (file == null) {
            return null;
        }
        FilePermissions.check(file, secret, findings);
        try {
            String text = TextFile.read(file);
            if (TextFile.hasByteOrderMark(text)) {
                findings.error(
                        "byte-order-mark",
                        1,
                        "Mosquitto takes the invisible byte order mark for a part of the first word of the file",
                        "text in UTF-8 without a mark",
                        "the file saved as \"UTF-8\", not \"UTF-8 with BOM\"");
            }
            return text;
        } catch (AccessFileException e) {
            String message = String.valueOf(e.getMessage());
            findings.error(
                    "unreadable-file",
                    e.line(),
                    message.substring(message.indexOf(": ") + 2),
                    "text in UTF-8",
                    "the file saved as UTF-8, for example by `iconv -f ISO-8859-1 -t UTF-8`");
            return null;
        }
    }
}
