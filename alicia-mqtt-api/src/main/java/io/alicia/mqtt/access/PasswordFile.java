package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Mosquitto {@code password_file}: one {@code account:hash} a line, in order.
 *
 * <p>Immutable; {@link #toString()} shows no hash.
 */
public final class PasswordFile {

    private final String name;
    private final Map<String, PasswordHash> hashes;

    private PasswordFile(String name, Map<String, PasswordHash> hashes) {
        this.name = name;
        this.hashes = Collections.unmodifiableMap(hashes);
    }

    /**
     * Reads a file, whole or not at all.
     *
     * @throws AccessFileException if it cannot be read, is not text in UTF-8, or has a line that is no account and hash
     */
    public static PasswordFile read(Path file) {
        return parse(file.toString(), TextFile.read(file));
    }

    /**
     * Reads a file's text, whole or not at all.
     *
     * @param name what errors call the file
     * @throws AccessFileException if it has a line that is no account and hash
     */
    public static PasswordFile parse(String name, String text) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        for (TextFile.Line line : TextFile.lines(text)) {
            String entry = line.text().strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            int colon = entry.indexOf(':');
            if (colon < 1) {
                throw new AccessFileException(name, line.number(), 1, "expected account:hash, one account a line");
            }
            String account = entry.substring(0, colon).strip();
            int column = line.text().indexOf(':') + 2;
            try {
                PasswordHash hash =
                        PasswordHash.parse(entry.substring(colon + 1).strip());
                if (hashes.putIfAbsent(account, hash) != null) {
                    throw new AccessFileException(
                            name,
                            line.number(),
                            1,
                            "expected each account once, found \"" + Words.shown(account) + "\" again");
                }
            } catch (IllegalArgumentException e) {
                throw new AccessFileException(
                        name, line.number(), column, e.getMessage() + " (account " + Words.shown(account) + ")");
            }
        }
        return new PasswordFile(name, hashes);
    }

    /** A file of {@code hashes} in their order. */
    public static PasswordFile of(String name, Map<String, PasswordHash> hashes) {
        return new PasswordFile(name, new LinkedHashMap<>(hashes));
    }

    /** What errors call the file. */
    public String name() {
        return name;
    }

    /** The accounts and what is kept of their passwords, in the file's order. */
    public Map<String, PasswordHash> hashes() {
        return hashes;
    }

    /** The accounts, in the file's order. */
    public List<Account> accounts() {
        return hashes.entrySet().stream()
                .map(entry -> Account.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The text of the file. Contains the hashes: keep it to those who may read the file. */
    public String text() {
        StringBuilder text = new StringBuilder();
        hashes.forEach((account, hash) ->
                text.append(account).append(':').append(hash.encoded()).append('\n'));
        return text.toString();
    }

    /**
     * Writes the text to {@code file} in UTF-8.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.write(file, text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordFile that && name.equals(that.name) && hashes.equals(that.hashes);
    }

    @Override
    public int hashCode() {
        return hashes.hashCode();
    }

    /** The file's name and its number of accounts. */
    @Override
    public String toString() {
        return name + " (" + hashes.size() + " accounts)";
    }
}
