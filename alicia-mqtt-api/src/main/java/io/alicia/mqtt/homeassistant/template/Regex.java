package io.alicia.mqtt.homeassistant.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Home Assistant's filters and tests by regular expressions. Those of Python and of Java mean the same for the patterns that
 * are taken here; others are not guessed at.
 */
final class Regex {

    private static final Pattern ALIKE = Pattern.compile(
            // Escapes of signs, of classes and of groups; sets without sets in them; groups without flags.
            "(?:\\\\[dDwWsSbBtnr1-9\\p{Punct}]|\\[\\^?(?:[^\\[\\]\\\\&]|\\\\[dDwWsStnr\\p{Punct}])*+\\]"
                    + "|\\((?:\\?[:=!]|\\?P<[A-Za-z_]\\w*>|(?!\\?))|\\{\\d+(?:,\\d*)?\\}|[^\\\\\\[({])*+");
    private static final Pattern TOKEN =
            Pattern.compile("\\\\.|\\[\\^?(?:[^\\[\\]\\\\]|\\\\.)*+\\]|\\(\\?P<(\\w+)>|.", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("\\G(?:([^\\\\]+)|\\\\([1-9])(?!\\d))");
    private static final int LONGEST_SEARCH = 1_000_000;

    private Regex() {}

    /** Whether the text begins with a match. */
    static boolean matches(Object value, Given given) {
        return matcher(value, given.only("find", "ignorecase"), 1).lookingAt();
    }

    static boolean isFound(Object value, Given given) {
        return matcher(value, given.only("find", "ignorecase"), 1).find();
    }

    static String replaced(Object value, Given given) {
        Matcher matcher = matcher(value, given.only("find", "replace", "ignorecase"), 2);
        String replacement =
                given.get(1, "replace").map(unused -> given.text(1, "replace")).orElse("");
        return matcher.replaceAll(match -> Matcher.quoteReplacement(filled(replacement, match)));
    }

    /** All matches: texts, or where the pattern has several groups what each of them has. */
    static List<Object> found(Object value, Given given) {
        return all(matcher(value, given, 1));
    }

    static Object foundAt(Object value, Given given) {
        List<Object> found = all(matcher(value, given, 2));
        int index = given.whole(1, "index", 0);
        int place = index < 0 ? index + found.size() : index;
        if (place < 0 || place >= found.size()) {
            throw new CannotEvaluateException("there is no match " + index + " of the pattern");
        }
        return found.get(place);
    }

    private static List<Object> all(Matcher matcher) {
        return matcher.results().map(Regex::groups).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Object groups(MatchResult match) {
        if (match.groupCount() == 0) {
            return match.group();
        }
        List<Object> groups = new ArrayList<>();
        for (int i = 1; i <= match.groupCount(); i++) {
            groups.add(match.group(i) == null ? "" : match.group(i));
        }
        return groups.size() == 1 ? groups.get(0) : new Values.Tuple(groups);
    }

    private static String filled(String replacement, MatchResult match) {
        StringBuilder text = new StringBuilder();
        Matcher parts = PART.matcher(replacement);
        int end = 0;
        while (parts.find()) {
            int group = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
            if (group > match.groupCount()) {
                throw new CannotEvaluateException("the pattern has no group " + group);
            }
            String said = group == 0 ? parts.group(1) : match.group(group);
            text.append(said == null ? "" : said);
            end = parts.end();
        }
        if (end < replacement.length()) {
            throw new CannotEvaluateException("the replacement '" + replacement + "' is not understood here");
        }
        return text.toString();
    }

    private static Matcher matcher(Object value, Given given, int ignoreCase) {
        String find = given.get(0, "find").map(unused -> given.text(0, "find")).orElse("");
        boolean ignores = given.get(ignoreCase, "ignorecase").map(Values::truth).orElse(false);
        int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;
        if (!ALIKE.matcher(find).matches()) {
            throw new CannotEvaluateException("the pattern '" + find + "' is not understood here");
        }
        try {
            Pattern pattern = Pattern.compile(
                    withoutNames(find), ignores ? flags | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : flags);
            return pattern.matcher(new Bounded(Values.text(value)));
        } catch (PatternSyntaxException e) {
            throw new CannotEvaluateException("the pattern '" + find + "' is not understood here");
        }
    }

    /** Java has names for groups, too, but other ones; nobody asks for a group by its name here. */
    private static String withoutNames(String pattern) {
        Set<String> names = new HashSet<>();
        return TOKEN.matcher(pattern).replaceAll(token -> {
            if (token.group(1) == null) {
                return Matcher.quoteReplacement(token.group());
            }
            if (!names.add(token.group(1))) {
                throw new CannotEvaluateException("the pattern has two groups " + token.group(1));
            }
            return "(";
        });
    }

    /** A text that is not looked at without end: patterns come from others, and can be made to take for ever. */
    private static final class Bounded implements CharSequence {

        private final String text;
        private int left = LONGEST_SEARCH;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new CannotEvaluateException("the search for a pattern takes too long");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
