package io.alicia.mqtt.access;

import java.util.Arrays;
import java.util.Base64;

/** The parts that the text forms of password hashes share. Refusals never show what they refuse. */
final class EncodedHash {

    static final int MOST_ITERATIONS = 100_000_000;

    private static final String EXPECTED =
            "expected $6$salt$hash or $7$iterations$salt$hash with salt and hash in Base64, as mosquitto_passwd writes";

    private EncodedHash() {}

    /** Whether all bytes are the same, as somebody writes them who needs a text of the right length. */
    static boolean isOfOneByte(byte[] hash) {
        for (byte each : hash) {
            if (each != hash[0]) {
                return false;
            }
        }
        return true;
    }

    /** A text that is no password hash; its own type, so that it is told from what the JDK throws. */
    static final class Refused extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    static Refused refusal(String problem) {
        return new Refused(EXPECTED + "; " + problem);
    }

    /** What a text is that another program made, as far as its beginning tells. */
    static Refused foreign(String encoded, String problem) {
        if (encoded.isEmpty()) {
            return refusal("nothing stands there");
        }
        String hint = encoded.matches("\\$2[abxy]?\\$.*")
                ? "this is bcrypt, which Mosquitto does not read"
                : encoded.matches("\\$(1|5|y|gy|apr1|pbkdf2|scrypt|argon2i|argon2d)\\$.*|\\$(pbkdf2|scrypt)-.*")
                        ? "this is a hash of another program, which Mosquitto does not read"
                        : encoded.startsWith("$") ? problem : problem + "; it looks like the password itself";
        return refusal(hint);
    }

    /** As {@code openssl passwd -6} and {@code mkpasswd} write it: another function than Mosquitto's {@code $6$}. */
    static boolean isCrypt(String[] parts) {
        String hash = parts[parts.length - 1];
        return parts[2].startsWith("rounds=") || (hash.length() == 86 && hash.matches("[./0-9A-Za-z]{86}"));
    }

    static void requireParts(String[] parts, int count) {
        if (parts.length != count) {
            throw refusal("it has " + (parts.length - 1) + " parts after a $ instead of " + (count - 1));
        }
    }

    static int number(String what, String text, int most) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refusal("the number of " + what + " is not a number");
        }
        // Mosquitto cuts what is larger than an int: it takes 4294967397 iterations for 101.
        int number = text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
        if (number < 1 || number > most) {
            throw refusal("the number of " + what + " is not between 1 and " + most);
        }
        return number;
    }

    static byte[] hash(String part, String text, int length) {
        byte[] hash = base64(part, text);
        if (hash.length != length) {
            throw refusal("the " + part + " has " + hash.length + " bytes instead of " + length);
        }
        return hash;
    }

    /** With the {@code =} at its end: Mosquitto refuses a hash that lacks them. */
    static byte[] base64(String part, String text) {
        if (!text.isEmpty() && text.length() % 4 != 0) {
            throw refusal("the " + part + " is not Base64, or lacks the = at its end");
        }
        return unpadded(part, text);
    }

    /** With or without {@code =} at its end. */
    static byte[] unpadded(String part, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw refusal("the " + part + " is not Base64");
        }
        throw refusal("the " + part + " is empty");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static int hashCode(byte[] salt, byte[] hash) {
        return 31 * Arrays.hashCode(salt) + Arrays.hashCode(hash);
    }
}
