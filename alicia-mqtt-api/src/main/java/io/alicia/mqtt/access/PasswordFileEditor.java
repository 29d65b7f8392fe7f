package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Mosquitto {@code password_file} that is to be changed, whether or not every line of it can be used. A change touches
 * the lines of its account alone, and what was broken in them is gone; all others stay byte for byte, broken ones
 * included, as {@code mosquitto_passwd} leaves them.
 *
 * <pre>{@code
 * Path file = Path.of("passwords");
 * PasswordHash hash = PasswordHash.parse("$7$101$OeLFrPPzLfYp/1YW$sx1MMwbFDvbFG6E0yA…");
 * PasswordFileEditor changed = PasswordFileEditor.read(file).with("kitchen", hash);
 * changed.write(file);
 * List<AccessFileException> problems = changed.problems();   // lines that a broker still refuses the file for
 * }</pre>
 *
 * <p>Immutable. {@link #toString()} shows no hash.
 */
public final class PasswordFileEditor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Entry(TextFile.Line line, @Nullable String account) {

        Entry(TextFile.Line line) {
            this(line, accountOf(line.text()));
        }

        private static @Nullable String accountOf(String text) {
            return text.isBlank() || text.startsWith("#") ? null : PasswordLine.meantFor(text);
        }
    }

    private final String name;
    private final boolean byteOrderMark;
    private final List<Entry> entries;

    private PasswordFileEditor(String name, boolean byteOrderMark, List<Entry> entries) {
        this.name = name;
        this.byteOrderMark = byteOrderMark;
        this.entries = entries;
    }

    /**
     * Reads a file.
     *
     * @throws AccessFileException if it cannot be read or is not text in UTF-8, or if its lines end with CR alone, so that
     *     a change of one would be one of all
     */
    public static PasswordFileEditor read(Path file) {
        return parse(file.toString(), TextFile.read(file));
    }

    /**
     * Reads a file's text.
     *
     * @param name what problems call the file
     * @throws AccessFileException if its lines end with CR alone, so that a change of one would be one of all
     */
    public static PasswordFileEditor parse(String name, String text) {
        TextFile.requireLineFeeds(name, text);
        return new PasswordFileEditor(
                name,
                TextFile.hasByteOrderMark(text),
                TextFile.lines(text).stream().map(Entry::new).toList());
    }

    /** Whether a line is one of {@code account}, whether or not it can be used. */
    public boolean contains(String account) {
        return entries.stream().anyMatch(entry -> account.equals(entry.account()));
    }

    /**
     * This file with {@code hash} for {@code account}: in its line, or in a new one at the end. Further lines of the
     * account are gone, as no broker takes two.
     *
     * @throws IllegalArgumentException if the account's name cannot stand in such a file: it is empty, begins with
     *     {@code #}, has a {@code :}, a control character or a blank at its ends
     * @throws IllegalStateException if {@code hash} is a plain password
     * @throws AccessFileException if a line of the account goes on behind a CR, with what may be those of others
     */
    public PasswordFileEditor with(String account, PasswordHash hash) {
        requireName(account);
        requireLinesOfTheirOwn(account);
        String text = account + ":" + hash.encoded();
        List<Entry> changed = new ArrayList<>(entries.size() + 1);
        boolean written = false;
        for (Entry entry : entries) {
            if (!account.equals(entry.account())) {
                changed.add(entry);
            } else if (!written) {
                changed.add(new Entry(
                        new TextFile.Line(
                                entry.line().number(), text, entry.line().end()),
                        account));
                written = true;
            }
        }
        if (!written) {
            endLastLine(changed);
            changed.add(new Entry(new TextFile.Line(changed.size() + 1, text, usualEnd()), account));
        }
        return new PasswordFileEditor(name, byteOrderMark, List.copyOf(changed));
    }

    private void endLastLine(List<Entry> lines) {
        if (!lines.isEmpty()) {
            Entry last = lines.get(lines.size() - 1);
            if (last.line().end().isEmpty()) {
                TextFile.Line ended =
                        new TextFile.Line(last.line().number(), last.line().text(), usualEnd());
                lines.set(lines.size() - 1, new Entry(ended, last.account()));
            }
        }
    }

    /** As the line before ends, or the one before that where it is the last and has no end. */
    private String usualEnd() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            String end = entries.get(i).line().end();
            if (!end.isEmpty()) {
                return end;
            }
        }
        return "\n";
    }

    private void requireLinesOfTheirOwn(String account) {
        for (Entry entry : entries) {
            int end = account.equals(entry.account())
                    ? entry.line().text().stripTrailing().indexOf('\r')
                    : -1;
            if (end >= 0) {
                throw TextFile.endsWithCarriageReturn(name, entry.line().number(), end);
            }
        }
    }

    /**
     * This file without the lines of {@code account}; the same text if it has none.
     *
     * @throws AccessFileException if a line of the account goes on behind a CR, with what may be those of others
     */
    public PasswordFileEditor without(String account) {
        requireLinesOfTheirOwn(account);
        return new PasswordFileEditor(
                name,
                byteOrderMark,
                entries.stream()
                        .filter(entry -> !account.equals(entry.account()))
                        .toList());
    }

    static void requireName(String account) {
        if (account.isBlank()
                || !account.strip().equals(account)
                || account.startsWith("#")
                || account.indexOf(':') >= 0
                || account.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("expected the name of an account without : and control characters, not "
                    + "beginning with # or a blank, found \"" + Words.shown(account) + "\"");
        }
    }

    /** What a broker refuses the file for, line by line; empty if it takes the file. */
    public List<AccessFileException> problems() {
        return List.copyOf(new PasswordOutline(name, text()).refusals());
    }

    /** What problems call the file. */
    public String name() {
        return name;
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
        FileReplacement.of(file).with(bytes(), true);
    }

    /**
     * Reads a file, changes it and writes it, as {@link #write} does; who else uses this method meanwhile, in another
     * program as well, waits, so that no change is lost. A file that is not there is made.
     *
     * @param change what the file becomes; may throw, and may be asked again where the file was made meanwhile
     * @return what was written
     * @throws AccessFileException as {@link #read} does
     * @throws IOException if it cannot be written, or if others are changing it for ten seconds
     */
    public static PasswordFileEditor update(Path file, UnaryOperator<PasswordFileEditor> change) throws IOException {
        while (true) {
            FileReplacement replacement = FileReplacement.of(file);
            if (!Files.exists(replacement.target())) {
                PasswordFileEditor made = change.apply(parse(file.toString(), ""));
                if (replacement.made(made.bytes())) {
                    return made;
                }
            } else {
                FileTurn turn = FileTurn.at(replacement.target(), PATIENCE);
                try {
                    PasswordFileEditor changed =
                            change.apply(parse(file.toString(), TextFile.decode(file.toString(), turn.content())));
                    changed.write(file);
                    return changed;
                } finally {
                    turn.close();
                }
            }
        }
    }

    private byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordFileEditor that && name.equals(that.name) && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return entries.size();
    }

    /** The file's name and its number of lines. */
    @Override
    public String toString() {
        return name + " (" + entries.size() + " lines)";
    }
}
