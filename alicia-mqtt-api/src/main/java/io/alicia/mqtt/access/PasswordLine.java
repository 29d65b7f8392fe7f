package io.alicia.mqtt.access;

import org.jspecify.annotations.Nullable;

/**
 * One line of a password file: {@code account:hash}, blanks around both not counted; an empty line; or a comment, whose
 * first character is {@code #}. Where Mosquitto drops a line that it cannot read, this refuses it.
 *
 * @param account the account, null in a comment or an empty line
 * @param hash what is kept of its password, null in a comment or an empty line
 */
record PasswordLine(@Nullable String account, @Nullable PasswordHash hash) {

    static PasswordLine parse(String file, TextFile.Line line) {
        String text = line.text();
        if (text.isBlank() || text.startsWith("#")) {
            return new PasswordLine(null, null);
        }
        int colon = text.indexOf(':');
        String account = accountOf(text);
        if (colon < 0 || account.isEmpty()) {
            throw new AccessFileException(file, line.number(), 1, "expected account:hash, one account a line");
        }
        int start = colon + 1;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        try {
            return new PasswordLine(
                    account, PasswordHash.parse(text.substring(start).strip()));
        } catch (IllegalArgumentException e) {
            throw new AccessFileException(
                    file, line.number(), start + 1, e.getMessage() + " (account " + Words.shown(account) + ")");
        }
    }

    static String accountOf(String text) {
        int colon = text.indexOf(':');
        return text.substring(0, Math.max(colon, 0)).strip();
    }

    /** The account that a line was meant for: it ends at the colon or, where that was forgotten, at the first blank. */
    static String meantFor(String text) {
        return text.indexOf(':') >= 0 ? accountOf(text) : text.strip().split("\\s", 2)[0];
    }

    static AccessFileException again(String file, int line, String account, int first) {
        return new AccessFileException(
                file,
                line,
                1,
                "expected each account once, found \"" + Words.shown(account) + "\" again after line " + first);
    }
}
