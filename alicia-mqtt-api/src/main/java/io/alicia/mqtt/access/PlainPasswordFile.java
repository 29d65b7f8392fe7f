package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of passwords as they are, for tests: one {@code account:password} a line, as {@code mosquitto_passwd -U} takes it.
 * The password is all that stands behind the first colon. Empty lines, and lines that begin with {@code #}, count for
 * nothing and are kept.
 *
 * <p>No broker reads such a file as its {@code password_file}: a forgotten hash has to be told, not taken. {@link #hashed}
 * makes one that brokers read.
 *
 * <p>Immutable. {@link #toString()} shows no password.
 */
public final class PlainPasswordFile {

    private final String name;
    private final String text;
    private final Map<String, String> passwords;

    private PlainPasswordFile(String name, String text, Map<String, String> passwords) {
        this.name = name;
        this.text = text;
        this.passwords = Collections.unmodifiableMap(passwords);
    }

    /**
     * Reads a file, whole or not at all.
     *
     * @throws AccessFileException if it cannot be read, is not text in UTF-8, or has a line that is no account and password
     */
    public static PlainPasswordFile read(Path file) {
        return parse(file.toString(), TextFile.read(file));
    }

    /**
     * Reads a file's text, whole or not at all.
     *
     * @param name what errors call the file
     * @throws AccessFileException if it has a line that is no account and password, an empty password, or an account again
     */
    public static PlainPasswordFile parse(String name, String text) {
        TextFile.requireLineFeeds(name, text);
        Map<String, String> passwords = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (TextFile.Line line : TextFile.lines(text)) {
            if (line.text().isBlank() || line.text().startsWith("#")) {
                continue;
            }
            String account = PasswordLine.accountOf(line.text());
            if (account.isEmpty()) {
                throw new AccessFileException(name, line.number(), 1, "expected account:password, one account a line");
            }
            String password = line.text().substring(line.text().indexOf(':') + 1);
            if (password.isEmpty()) {
                throw new AccessFileException(
                        name,
                        line.number(),
                        line.text().length() + 1,
                        "expected a password behind the colon (account " + Words.shown(account) + ")");
            }
            Integer first = lines.putIfAbsent(account, line.number());
            if (first != null) {
                throw PasswordLine.again(name, line.number(), account, first);
            }
            passwords.put(account, password);
        }
        return new PlainPasswordFile(name, text, passwords);
    }

    /**
     * A file of {@code passwords} in their order.
     *
     * @throws IllegalArgumentException if an account's name cannot stand in such a file, or a password cannot: it is empty
     *     or has a line's end
     */
    public static PlainPasswordFile of(String name, Map<String, String> passwords) {
        StringBuilder text = new StringBuilder();
        passwords.forEach((account, password) -> {
            PasswordFileEditor.requireName(account);
            if (password.isEmpty() || password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(
                        "expected a password of one line for the account " + Words.shown(account));
            }
            text.append(account).append(':').append(password).append('\n');
        });
        return parse(name, text.toString());
    }

    /** The accounts with their passwords, in the file's order. */
    public List<Account> accounts() {
        return passwords.entrySet().stream()
                .map(entry -> Account.of(entry.getKey(), PasswordHash.plain(entry.getValue())))
                .toList();
    }

    /**
     * What a broker reads: the same accounts with {@code $7$} hashes.
     *
     * @param iterations at least 1; see {@link PasswordHash#RECOMMENDED_ITERATIONS}
     * @param random where the salts come from
     */
    public PasswordFile hashed(int iterations, SecureRandom random) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        passwords.forEach((account, password) -> hashes.put(
                account, PasswordHash.pbkdf2Sha512(password.getBytes(StandardCharsets.UTF_8), iterations, random)));
        return PasswordFile.of(name, hashes);
    }

    /** The text of the file, passwords and all: keep it to those who may read the file. */
    public String text() {
        return text;
    }

    /**
     * Writes the text to {@code file} in UTF-8. Readers see the old file or the new one, never a part. A new file can be
     * read and written by its owner alone.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        FileReplacement.of(file).with(text.getBytes(StandardCharsets.UTF_8), true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlainPasswordFile that && name.equals(that.name) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return passwords.keySet().hashCode();
    }

    /** The file's name and its number of accounts. */
    @Override
    public String toString() {
        return name + " (" + passwords.size() + " accounts)";
    }
}
