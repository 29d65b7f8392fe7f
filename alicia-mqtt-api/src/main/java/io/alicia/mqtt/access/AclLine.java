package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of an ACL file, read as Mosquitto reads it: words are parted by spaces (not tabs), the last word takes the
 * rest of the line, blanks around it do not count, and only a line whose first character is {@code #} is a comment.
 *
 * @param user the account whose section begins here
 * @param rule the rule that stands here; neither of both in a comment or an empty line
 */
record AclLine(int number, @Nullable String user, @Nullable AccessRule rule) {

    /** What Mosquitto (C's {@code isspace}) takes for a blank. */
    private static final String BLANKS = " \t\n\u000B\f\r";

    private static final int MOST_LEVELS = 201;

    static final List<String> KEYWORDS = List.of("user", "topic", "pattern");
    static final List<String> ACCESS_WORDS = List.of("read", "write", "readwrite", "deny");

    static AclLine parse(String file, TextFile.Line line) {
        String text = line.text();
        int end = text.length();
        while (end > 0 && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int keyword = skipSpaces(text, 0, end);
        if (keyword == end || text.charAt(0) == '#') {
            return new AclLine(line.number(), null, null);
        }
        int keywordEnd = wordEnd(text, keyword, end);
        String word = text.substring(keyword, keywordEnd);
        int rest = skipSpaces(text, keywordEnd, end);
        return switch (word) {
            case "user" -> new AclLine(line.number(), user(file, line.number(), text, rest, end), null);
            case "topic" -> new AclLine(line.number(), null, rule(Kind.TOPIC, file, line.number(), text, rest, end));
            case "pattern" ->
                new AclLine(line.number(), null, rule(Kind.PATTERN, file, line.number(), text, rest, end));
            default -> throw refusal(file, line.number(), keyword, unknownKeyword(word));
        };
    }

    private static String user(String file, int line, String text, int rest, int end) {
        int start = skipBlanks(text, rest, end);
        if (start == end) {
            throw refusal(file, line, start, "expected the name of an account after \"user\"");
        }
        return text.substring(start, end);
    }

    private static AccessRule rule(Kind kind, String file, int line, String text, int rest, int end) {
        if (rest == end) {
            throw refusal(
                    file,
                    line,
                    end,
                    "expected read, write, readwrite or deny and a topic filter after \"" + kind.word() + "\"");
        }
        int wordEnd = wordEnd(text, rest, end);
        int filter = skipBlanks(text, wordEnd, end);
        if (filter == end) {
            // A single word is the filter, even if it reads like an access word.
            return rule(kind, Permission.READWRITE, file, line, text.substring(rest, end), rest);
        }
        Permission permission = switch (text.substring(rest, wordEnd)) {
            case "read" -> Permission.READ;
            case "write" -> Permission.WRITE;
            case "readwrite" -> Permission.READWRITE;
            case "deny" -> Permission.DENY;
            default -> throw refusal(file, line, rest, unknownAccess(text.substring(rest, wordEnd)));
        };
        return rule(kind, permission, file, line, text.substring(filter, end), filter);
    }

    private static AccessRule rule(Kind kind, Permission permission, String file, int line, String filter, int column) {
        if (filter.chars().filter(c -> c == '/').count() >= MOST_LEVELS) {
            throw refusal(file, line, column, "expected a topic filter of at most " + MOST_LEVELS + " levels");
        }
        try {
            return AccessRule.of(kind, permission, filter, RuleSource.of(file, line));
        } catch (IllegalArgumentException e) {
            String hint = filter.contains(" #")
                    ? " (a comment stands on a line of its own; here it is part of the filter)"
                    : "";
            throw refusal(
                    file,
                    line,
                    column,
                    "expected a topic filter: " + Words.shown(String.valueOf(e.getMessage())) + hint);
        }
    }

    private static String unknownAccess(String word) {
        return "expected read, write, readwrite or deny, found \"" + Words.shown(word) + "\""
                + didYouMean(word, ACCESS_WORDS);
    }

    private static String didYouMean(String word, List<String> known) {
        return Spelling.nearest(word, known)
                .map(near -> " (did you mean " + near + "?)")
                .orElse("");
    }

    private static String unknownKeyword(String word) {
        String expected = "expected user, topic, pattern or a comment, found \"" + Words.shown(word) + "\"";
        if (word.startsWith("#")) {
            return expected + " (the # of a comment is the first character of its line)";
        }
        if (word.indexOf('\t') >= 0) {
            return expected + " (words are parted by spaces, not tabs)";
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return !lower.equals(word) && (lower.equals("user") || lower.equals("topic") || lower.equals("pattern"))
                ? expected + " (keywords are written in lower case)"
                : expected + didYouMean(word, KEYWORDS);
    }

    private static AccessFileException refusal(String file, int line, int index, String problem) {
        return new AccessFileException(file, line, index + 1, problem);
    }

    private static int skipSpaces(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private static int skipBlanks(String text, int from, int end) {
        int i = from;
        while (i < end && BLANKS.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static int wordEnd(String text, int from, int end) {
        int space = text.indexOf(' ', from);
        return space < 0 || space > end ? end : space;
    }
}
