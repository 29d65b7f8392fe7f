package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was most likely meant by a text that stands where a Topic Filter belongs and is more than one.
 *
 * @param kind what more it is
 * @param index where what is too much begins
 * @param access what the rule was to say, as the text says that once more; null for what it says
 * @param filters what it was to be about
 */
record FilterGuess(Kind kind, int index, @Nullable String access, List<String> filters) {

    enum Kind {
        /** A comment stands behind the filter. */
        COMMENT("comment-behind-rule"),
        /** There is a second filter, for which there is no place. */
        SEVERAL("several-filters"),
        /** A second access word, or another sign, stands before the filter. */
        WORD_BEFORE("word-before-filter");

        private final String finding;

        Kind(String finding) {
            this.finding = finding;
        }

        /** The finding's stable name. */
        String finding() {
            return finding;
        }
    }

    private static final String BLANK = "[\\s\\p{Z}]";

    /**
     * As files of other programs mark one, behind a blank, or with a # that is glued to a word; or what is glued to the # that ends a filter, unless it ends
     * what a quotation mark began.
     */
    private static final Pattern COMMENT = Pattern.compile(BLANK + "+(?=;|//|--(?!-*\\w+/)|#|/\\*|<!--)|(?<=(?:^|/|"
            + BLANK + ")#)(?=[^/,\"'])(?!" + BLANK + ")" + "|(?<=[^/+#\"'\\s])(?=#" + BLANK + "+\\S)");

    private static final Pattern SIGN = Pattern.compile("(?:[:=]|:=|[-=]>|to|on)[ \\t]+(.+)");
    private static final Pattern ACCESS =
            Pattern.compile("(?:(?:and|&|\\+|,|/)[ \\t]+)?(read|write|readwrite)[ \\t]+(\\S.*)");
    /** Words behind a filter that is at its end. */
    private static final Pattern WORDS_BEHIND = Pattern.compile("(#|[^#]*/#)" + BLANK + "+(\\S.*)");

    private static final Pattern QUOTED = Pattern.compile("^([\"'])(.+)\\1$");

    private static final Pattern PARTING = Pattern.compile(BLANK + "*,(?:" + BLANK + "*)|" + BLANK + "+");

    /**
     * What {@code filter} was meant to be; null if it is nothing but a filter, or nobody can say.
     *
     * @param permission the rule's access word
     */
    static @Nullable FilterGuess orNull(String permission, String filter) {
        int comment = commentAt(filter);
        if (comment > 0) {
            String before = filter.substring(0, comment).strip();
            FilterGuess several = severalOrNull(before);
            return several == null ? new FilterGuess(Kind.COMMENT, comment, null, List.of(before)) : several;
        }
        Matcher sign = SIGN.matcher(filter);
        if (sign.matches() && isFilter(sign.group(1))) {
            return new FilterGuess(Kind.WORD_BEFORE, 0, null, List.of(sign.group(1)));
        }
        Matcher access = ACCESS.matcher(filter);
        if (access.matches() && isFilter(access.group(2))) {
            String both = permission.equals(access.group(1)) || permission.equals("deny") ? permission : "readwrite";
            return new FilterGuess(Kind.WORD_BEFORE, 0, both, List.of(access.group(2)));
        }
        FilterGuess several = severalOrNull(filter);
        Matcher words = WORDS_BEHIND.matcher(filter);
        return several == null && words.matches()
                ? new FilterGuess(Kind.COMMENT, words.start(2), null, List.of(words.group(1)))
                : several;
    }

    private static @Nullable FilterGuess severalOrNull(String filter) {
        List<String> parts = new ArrayList<>(Arrays.asList(PARTING.split(filter, -1)));
        parts.removeIf(part -> part.isEmpty() || part.equals("and") || part.equals("&"));
        parts.replaceAll(part -> QUOTED.matcher(part).replaceFirst("$2"));
        boolean parted = filter.matches(".*," + BLANK + ".*") || filter.contains("/#,");
        boolean levels = parts.stream().allMatch(part -> part.indexOf('/') > 0 || part.equals("#"));
        if (parts.size() < 2 || (!parted && !levels) || !parts.stream().allMatch(FilterGuess::isFilter)) {
            return null;
        }
        Matcher first = PARTING.matcher(filter);
        return new FilterGuess(Kind.SEVERAL, first.find() ? first.end() : 0, null, List.copyOf(parts));
    }

    private static boolean isFilter(String text) {
        return TopicFilter.ofReceivedOrNull(text) != null;
    }

    /** Where a comment begins behind other text; -1 if none does. */
    static int commentAt(String text) {
        Matcher comment = COMMENT.matcher(text);
        return comment.find() && comment.start() > 0 ? comment.end() : -1;
    }

    /** How to write it, in quotes. */
    String written(String permission, BinaryOperator<String> line) {
        String word = access == null ? permission : access;
        List<String> lines = filters.stream()
                .map(filter -> "`" + Words.shown(line.apply(word, filter)) + "`")
                .toList();
        return String.join(" and ", lines);
    }
}
