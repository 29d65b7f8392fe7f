package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * #toString()} shows no hash.
 */
public final class PasswordFile {

    private record Entry(TextFile.Line line, @Nullable String account) {}

    private final String name;
    private final boolean byteOrderMark;
    private final List<Entry> entries;
    private final Map<String, PasswordHash> hashes;

    private PasswordFile(String name, boolean byteOrderMark, List<Entry> entries, Map<String, PasswordHash> hashes) {
        this.name = name;
        this.byteOrderMark = byteOrderMark;
        this.entries = entries;
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
     * @throws AccessFileException if it has a line that is no account and hash, or an account again
     */
    public static PasswordFile parse(String name, String text) {
        List<Entry> entries = new ArrayList<>();
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
            entries.add(new Entry(line, account));
        }
        return new PasswordFile(name, TextFile.hasByteOrderMark(text), entries, hashes);
    }

    /**
     * A file of {@code hashes} in their order.
     *
     * @throws IllegalArgumentException if an account's name cannot stand in such a file
     */
    public static PasswordFile of(String name, Map<String, PasswordHash> hashes) {
        StringBuilder text = new StringBuilder();
        hashes.forEach((account, hash) -> {
            requireName(account);
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
        requireName(account);
        List<Entry> changed = new ArrayList<>(entries);
        Map<String, PasswordHash> changedHashes = new LinkedHashMap<>(hashes);
        changedHashes.put(account, hash);
        String text = account + ":" + hash.encoded();
        int at = indexOf(account);
        if (at >= 0) {
            TextFile.Line line = entries.get(at).line();
            changed.set(at, new Entry(new TextFile.Line(line.number(), text, line.end()), account));
        } else {
            endLastLine(changed);
            changed.add(new Entry(new TextFile.Line(changed.size() + 1, text, "\n"), account));
        }
        return new PasswordFile(name, byteOrderMark, changed, changedHashes);
    }

    private static void endLastLine(List<Entry> entries) {
        if (!entries.isEmpty()) {
            Entry last = entries.get(entries.size() - 1);
            if (last.line().end().isEmpty()) {
                TextFile.Line ended =
                        new TextFile.Line(last.line().number(), last.line().text(), "\n");
                entries.set(entries.size() - 1, new Entry(ended, last.account()));
            }
        }
    }

    /** This file without {@code account}; this file itself if it has no such account. */
    public PasswordFile without(String account) {
        int at = indexOf(account);
        if (at < 0) {
            return this;
        }
        List<Entry> changed = new ArrayList<>(entries);
        changed.remove(at);
        Map<String, PasswordHash> changedHashes = new LinkedHashMap<>(hashes);
        changedHashes.remove(account);
        return new PasswordFile(name, byteOrderMark, changed, changedHashes);
    }

    private int indexOf(String account) {
        for (int i = 0; i < entries.size(); i++) {
            if (account.equals(entries.get(i).account())) {
                return i;
            }
        }
        return -1;
    }

    private static void requireName(String account) {
        if (account.isBlank()
                || !account.strip().equals(account)
                || account.startsWith("#")
                || account.indexOf(':') >= 0
                || account.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("expected the name of an account without : and control characters, not "
                    + "beginning with # or a blank, found \"" + Words.shown(account) + "\"");
        }
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
        StringBuilder text = new StringBuilder(byteOrderMark ? "\uFEFF" : "");
        entries.forEach(
                entry -> text.append(entry.line().text()).append(entry.line().end()));
        return text.toString();
    }

    /**
     * Writes the text to {@code file} in UTF-8. Readers see the old file or the new one, never a part. A new file can be
     * read and written by its owner alone.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        TextFile.replace(file, text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordFile that && name.equals(that.name) && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return hashes.keySet().hashCode();
    }

    /** The file's name and its number of accounts. */
    @Override
    public String toString() {
        return name + " (" + hashes.size() + " accounts)";
    }
}
