package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What Mosquitto 2.0 makes of a line of a password file, which it reads less strictly than this broker: parts are what
 * stands between one or more {@code :} or {@code $}, and what follows the last part that it needs does not count.
 *
 * @param account whose line it is; null if Mosquitto passes it over
 * @param usable whether a client can log in with it, if it has the password
 */
record MosquittoPasswordLine(@Nullable String account, boolean usable) {

    private static final MosquittoPasswordLine PASSED_OVER = new MosquittoPasswordLine(null, false);
    private static final String BLANKS = " \t\n\u000B\f\r";
    private static final int SALT_BYTES = 12;

    static MosquittoPasswordLine of(String text) {
        StringTokenizer parts = new StringTokenizer(text, ":");
        if (text.startsWith("#") || text.indexOf(':') < 0 || !parts.hasMoreTokens()) {
            return PASSED_OVER;
        }
        String account = trimmed(parts.nextToken());
        return new MosquittoPasswordLine(account, parts.hasMoreTokens() && isHash(trimmed(parts.nextToken())));
    }

    private static boolean isHash(String text) {
        List<String> parts = new ArrayList<>();
        new StringTokenizer(text, "$").asIterator().forEachRemaining(part -> parts.add(part.toString()));
        if (parts.isEmpty()) {
            return false;
        }
        return switch (parts.get(0)) {
            case "6" -> parts.size() > 2 && isSaltAndHash(parts.get(1), parts.get(2));
            case "7" ->
                parts.size() > 3 && leadingNumber(parts.get(1)) > 0 && isSaltAndHash(parts.get(2), parts.get(3));
            default -> false;
        };
    }

    private static boolean isSaltAndHash(String salt, String hash) {
        return bytes(salt) == SALT_BYTES && bytes(hash) == Digests.SHA512_BYTES;
    }

    private static int bytes(String base64) {
        try {
            return base64.length() % 4 == 0 ? Base64.getDecoder().decode(base64).length : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** As C's {@code atoi} reads it: blanks, then digits, then anything; of a number that is too large the lowest 32 bits. */
    private static int leadingNumber(String text) {
        String digits = trimmed(text).replaceAll("^\\+", "").replaceAll("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : (int) Long.parseLong(digits);
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
