package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Mosquitto {@code password_file} as a document: one {@code account:hash} a line, in order, with comments, as they were
 * written.
 *
 * <p>Immutable; {@link #text()} gives back the text that was read, and a change touches its own line alone. {@link
 * #toString()} shows no hash. A file with broken lines is repaired with a {@link PasswordFileEditor}.
 */
public final class PasswordFile {

    private final PasswordFileEditor lines;
    private final Map<String, PasswordHash> hashes;

    private PasswordFile(PasswordFileEditor lines, Map<String, PasswordHash> hashes) {
        this.lines = lines;
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
     * @throws AccessFileException if it has a line that is no account and hash, or an account again, or if its lines
     *     end with CR alone
     */
    public static PasswordFile parse(String name, String text) {
        TextFile.requireLineFeeds(name, text);
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (TextFile.Line line : TextFile.lines(text)) {
            PasswordLine read = PasswordLine.parse(name, line);
            String account = read.account();
            if (account != null) {
                Integer first = lines.putIfAbsent(account, line.number());
                if (first != null) {
                    throw PasswordLine.again(name, line.number(), account, first);
                }
                hashes.put(account, Objects.requireNonNull(read.hash()));
            }
        }
        return new PasswordFile(PasswordFileEditor.parse(name, text), hashes);
    }

    /**
     * A file of {@code hashes} in their order.
     *
     * @throws IllegalArgumentException if an account's name cannot stand in such a file
     */
    public static PasswordFile of(String name, Map<String, PasswordHash> hashes) {
        StringBuilder text = new StringBuilder();
        hashes.forEach((account, hash) -> {
            PasswordFileEditor.requireName(account);
            text.append(account).append(':').append(hash.encoded()).append('\n');
        });
        return parse(name, text.toString());
    }

    /**
     * This file with {@code hash} for {@code account}, in its line, or in a new one at the end.
     *
     * @throws IllegalArgumentException if the account's name cannot stand in such a file: it is empty, begins with
     *     {@code #}, has a {@code :}, a control character or a blank at its ends
     * @throws IllegalStateException if {@code hash} is a plain password
     */
    public PasswordFile with(String account, PasswordHash hash) {
        PasswordFileEditor changed = lines.with(account, hash);
        Map<String, PasswordHash> changedHashes = new LinkedHashMap<>(hashes);
        changedHashes.put(account, hash);
        return new PasswordFile(changed, changedHashes);
    }

    /** This file without {@code account}; this file itself if it has no such account. */
    public PasswordFile without(String account) {
        if (!hashes.containsKey(account)) {
            return this;
        }
        Map<String, PasswordHash> changedHashes = new LinkedHashMap<>(hashes);
        changedHashes.remove(account);
        return new PasswordFile(lines.without(account), changedHashes);
    }

    /** What errors call the file. */
    public String name() {
        return lines.name();
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
        return lines.text();
    }

    /**
     * Writes the text to {@code file} in UTF-8. Readers see the old file or the new one, never a part. A new file can be
     * read and written by its owner alone.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        lines.write(file);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordFile that && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return hashes.keySet().hashCode();
    }

    /** The file's name and its number of accounts. */
    @Override
    public String toString() {
        return name() + " (" + hashes.size() + " accounts)";
    }
}
