package io.alicia.mqtt.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an access file had when it was read. A pipe or the standard input gives its bytes once: who has to know what kind
 * of file it is before reading it, or reads it twice, works on this.
 *
 * <p>Immutable. {@link #toString()} shows nothing of the content.
 */
public final class AccessText {

    /** Mosquitto's files that say who may do what. */
    public enum Kind {
        /** Mosquitto's {@code acl_file}. */
        ACL_FILE,
        /** Mosquitto's {@code password_file}. */
        PASSWORD_FILE,
        /** The JSON of Mosquitto's dynamic-security plugin. */
        DYNAMIC_SECURITY
    }

    // With (?s), as one byte of some letters, such as Å and х, is what Unicode takes for the end of a line.
    private static final Pattern HASH_LINE = Pattern.compile("(?s)[^:]+:\\s*(\\$|SCRAM-).*");
    private static final Pattern ACL_LINE = Pattern.compile("(?si)(topic|pattern|user)\\b.*");
    private static final Pattern JSON = Pattern.compile("(?s)\\{.*|\\[\\s*([\\]\\[{\"0-9].*)?");

    private final String name;
    private final @Nullable Path file;
    private final byte[] bytes;

    private AccessText(String name, @Nullable Path file, byte[] bytes) {
        this.name = name;
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads a file, a pipe or whatever else has that name, to its end.
     *
     * @throws AccessFileException if it cannot be read; what it has is not looked at
     */
    public static AccessText read(Path file) {
        byte[] bytes = TextFile.bytes(file);
        return new AccessText(file.toString(), Files.isRegularFile(file) ? file : null, bytes);
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what errors, findings and rules call it
     * @throws IOException if it cannot be read
     */
    public static AccessText read(String name, InputStream in) throws IOException {
        return new AccessText(name, null, in.readAllBytes());
    }

    /** What errors, findings and rules call it. */
    public String name() {
        return name;
    }

    /** The file that it is, whose permissions can be looked at; empty for a pipe or stream. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * The text.
     *
     * @throws AccessFileException if it is not text in UTF-8
     */
    public String text() {
        return TextFile.decode(name, bytes);
    }

    /** Whether its lines end with CR alone, as old Macs wrote them: the whole file is one line to Mosquitto. */
    public boolean endsLinesWithCarriageReturn() {
        return TextFile.endsLinesWithCarriageReturn(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /**
     * The kind, told from the first line that only one kind of file has; empty if there is none. Looks at no more than
     * that, so that a file with errors has a kind, too.
     */
    public Optional<Kind> kind() {
        // Each byte is a character of this one: what is asked for is ASCII, and nothing is refused.
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .flatMap(line -> kindOf(line).stream())
                .findFirst();
    }

    private static Optional<Kind> kindOf(String line) {
        String text = line.strip().replace("\u00EF\u00BB\u00BF", "");
        // An account may be called user, topic or pattern, or begin with a bracket.
        boolean hash = HASH_LINE.matcher(text).matches();
        if (!hash && JSON.matcher(text).matches()) {
            return Optional.of(Kind.DYNAMIC_SECURITY);
        }
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        if (!hash && ACL_LINE.matcher(text).matches()) {
            return Optional.of(Kind.ACL_FILE);
        }
        return text.indexOf(':') > 0 ? Optional.of(Kind.PASSWORD_FILE) : Optional.empty();
    }

    /** Its name and size. */
    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
