package io.alicia.mqtt.broker.config;

import org.jspecify.annotations.Nullable;

/** Reads values as Mosquitto does, with its messages. */
final class Values {

    private final ConfState state;

    Values(ConfState state) {
        this.state = state;
    }

    boolean flag(String label, Words words) throws ValueRefused {
        String word = word(label, words);
        return switch (word) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new ValueRefused("Error: Invalid '" + label + "' value (" + word + ").");
        };
    }

    int whole(String label, Words words) throws ValueRefused {
        return parseWhole(label, word(label, words));
    }

    int whole(String label, Words words, Rule.Whole rule) throws ValueRefused {
        int number = whole(label, words);
        if (number >= rule.min() && number <= rule.max()) {
            return number;
        }
        Rule.OutOfRange outcome = number < rule.min() ? rule.below() : rule.above();
        if (outcome instanceof Rule.OutOfRange.Take take) {
            if (take.notice().startsWith("Warning")) {
                state.warning(take.notice());
            } else if (!take.notice().isEmpty()) {
                state.notice(take.notice());
            }
            return take.value();
        }
        String message = ((Rule.OutOfRange.Refuse) outcome).message();
        throw new ValueRefused(
                message.replace("%d", String.valueOf(number)).replace("%u", Integer.toUnsignedString(number)));
    }

    String text(String label, Words words) throws ValueRefused {
        String rest = words.rest();
        String trimmed = rest == null ? "" : rest.strip();
        if (trimmed.isEmpty()) {
            throw empty(label);
        }
        String text = Words.decodeOrNull(trimmed);
        if (text == null) {
            throw new ValueRefused("Error: Malformed UTF-8 in configuration.");
        }
        return text;
    }

    String choice(String label, Words words, Rule.Choice rule) throws ValueRefused {
        String word = word(label, words);
        if (!rule.words().contains(word)) {
            throw new ValueRefused(rule.refusal().replace("%s", word));
        }
        return word;
    }

    String word(String label, Words words) throws ValueRefused {
        String word = words.next();
        if (word == null) {
            throw empty(label);
        }
        return word;
    }

    static ValueRefused empty(String label) {
        return new ValueRefused("Error: Empty '" + label + "' value in configuration.");
    }

    /** The form of strtol(3) with base 0, of which the whole word must be used. */
    static int parseWhole(String label, String word) throws ValueRefused {
        Long number = parseLong(word.stripLeading());
        if (number == null) {
            throw new ValueRefused("Error: '" + label + "' value not a number.");
        }
        if (number > Integer.MAX_VALUE || number < Integer.MIN_VALUE) {
            throw new ValueRefused("Error: '" + label + "' value out of range.");
        }
        return number.intValue();
    }

    private static @Nullable Long parseLong(String word) {
        boolean negative = word.startsWith("-");
        String digits = negative || word.startsWith("+") ? word.substring(1) : word;
        int radix = 10;
        if (digits.length() > 2 && (digits.startsWith("0x") || digits.startsWith("0X"))) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        if (digits.isEmpty() || !hasOnlyDigits(digits, radix)) {
            return null;
        }
        try {
            long magnitude = Long.parseLong(digits, radix);
            return negative ? -magnitude : magnitude;
        } catch (NumberFormatException e) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static boolean hasOnlyDigits(String digits, int radix) {
        return digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    }

    /** The form of atoi(3): what there is of a number at the start of a word, 0 if nothing. */
    static int leadingWhole(String word) {
        String text = word.stripLeading();
        int end = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        try {
            return Integer.parseInt(text.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
