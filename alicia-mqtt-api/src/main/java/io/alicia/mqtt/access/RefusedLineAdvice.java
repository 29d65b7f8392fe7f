package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a line that Mosquitto refuses most likely meant.
 *
 * @param kind the finding's stable name
 * @param meant what was meant
 * @param write how to write it
 */
record RefusedLineAdvice(String kind, String meant, String write) {

    /** A wildcard that is glued to a name by what parts the words of one: it was meant for the rest of the name. */
    private static final Pattern PART_OF_A_NAME =
            Pattern.compile("(?<=[^/+#\\s])(?<mark>[-_.:~])(?<wild>[+#])(?=/|$)|(?<=[/\\s])[+#][-_.:~][^/+#\\s]");

    /** A line whose filter, and no other part of it, is in quotation marks. */
    private static final Pattern QUOTED = Pattern.compile("[^\\s\"']+(?:\\s+[^\\s\"']+)?\\s+([\"'])[^\"']+\\1");

    /** Words behind the # that ends the last of some filters: they are no filters themselves. */
    private static final Pattern WORDS_BEHIND =
            Pattern.compile("(.*[/\\s]#)[\\s\\p{Z}]+(?!(?:and|&)[\\s\\p{Z}])([^/+#,\"']+)");

    /** As other programs write a setting. */
    private static final Pattern KEYWORD_GLUED = Pattern.compile("^(?i)(user|topic|pattern)[:=](?=\\S)");

    private static final Set<String> KEYWORDS = Set.of("user", "topic", "pattern");

    /** What Mosquitto takes. */
    private static final int MOST_LEVELS = 201;

    /** No rule is longer, and of millions of characters nobody says what they were meant for. */
    private static final int MOST_CHARACTERS = 70_000;

    /** What other brokers and other tongues call an access, and Mosquitto's word for it. */
    private static final Map<String, String> ACCESS_WORDS = Map.ofEntries(
            Map.entry("read", "read"),
            Map.entry("write", "write"),
            Map.entry("readwrite", "readwrite"),
            Map.entry("deny", "deny"),
            Map.entry("r", "read"),
            Map.entry("w", "write"),
            Map.entry("rw", "readwrite"),
            Map.entry("read-write", "readwrite"),
            Map.entry("read/write", "readwrite"),
            Map.entry("read_write", "readwrite"),
            Map.entry("writeread", "readwrite"),
            Map.entry("all", "readwrite"),
            Map.entry("allow", "readwrite"),
            Map.entry("both", "readwrite"),
            Map.entry("pubsub", "readwrite"),
            Map.entry("pub", "write"),
            Map.entry("publish", "write"),
            Map.entry("sub", "read"),
            Map.entry("subscribe", "read"),
            Map.entry("readonly", "read"),
            Map.entry("read-only", "read"),
            Map.entry("ro", "read"),
            Map.entry("receive", "read"),
            Map.entry("writeonly", "write"),
            Map.entry("write-only", "write"),
            Map.entry("wo", "write"),
            Map.entry("send", "write"),
            Map.entry("none", "deny"),
            Map.entry("block", "deny"));

    static RefusedLineAdvice of(String line) {
        if (line.length() > MOST_CHARACTERS) {
            return new RefusedLineAdvice(
                    "refused-line",
                    "many lines, or another file",
                    "lines such as `topic read alicia/sensors/#`: a topic has 65535 bytes at most");
        }
        String text = line.strip();
        if (text.startsWith("#")) {
            return comment("`" + Words.shown(text) + "` from the line's first column on");
        }
        int comment = commentAt(text);
        if (comment > 0) {
            return withoutComment(text.substring(0, comment).strip());
        }
        Optional<RefusedLineAdvice> several = several(text);
        if (several.isPresent()) {
            return several.get();
        }
        Matcher part = PART_OF_A_NAME.matcher(text);
        if (part.find()) {
            return partOfAName(text, part);
        }
        return QUOTED.matcher(text).matches()
                ? new RefusedLineAdvice("quoted-filter", "the filter without quotation marks", written(text))
                : new RefusedLineAdvice(
                        "refused-line", "a rule, the beginning of a section or a comment", written(text));
    }

    /** The line as Mosquitto takes it, or one of the kind: never what it would refuse again. */
    private static String written(String text) {
        return repaired(text)
                .map(repaired -> "`" + Words.shown(repaired) + "`")
                .orElse("a line such as `topic read alicia/sensors/#`");
    }

    /** What to write for {@code rule}, which a comment stood behind. */
    private static RefusedLineAdvice withoutComment(String rule) {
        String behind = ", and the comment on a line of its own";
        return several(rule)
                .map(more -> more.kind().equals(FilterGuess.Kind.COMMENT.finding())
                        ? more
                        : new RefusedLineAdvice(
                                more.kind(),
                                more.meant() + " and a comment",
                                more.write()
                                        + (more.kind().equals(FilterGuess.Kind.SEVERAL.finding())
                                                ? ", and the comment as well"
                                                : behind)))
                .orElseGet(() -> comment(written(rule) + behind));
    }

    private static RefusedLineAdvice comment(String write) {
        return new RefusedLineAdvice("comment-behind-rule", "a comment", write);
    }

    /** Where a comment begins behind a keyword, an access word and a filter; -1 if none does. */
    private static int commentAt(String text) {
        int marked = markedCommentAt(text);
        if (marked >= 0) {
            return marked;
        }
        Matcher words = WORDS_BEHIND.matcher(text);
        return words.matches() && isRule(words(words.group(1))) ? words.start(2) : -1;
    }

    private static int markedCommentAt(String text) {
        for (int from = 0; from < text.length(); ) {
            int mark = FilterGuess.commentAt(text.substring(from));
            if (mark < 0) {
                return -1;
            }
            String before = text.substring(0, from + mark);
            if (words(before).size() >= 2 && !isAccessWord(before)) {
                return from + mark;
            }
            // The # is the filter, or no filter stands before the mark.
            from += mark;
        }
        return -1;
    }

    /** Two filters behind one access word. */
    private static Optional<RefusedLineAdvice> several(String text) {
        List<String> words = words(text);
        if (!isRule(words)) {
            return Optional.empty();
        }
        FilterGuess guess = FilterGuess.orNull(words.get(1), String.join(" ", words.subList(2, words.size())));
        if (guess == null) {
            return Optional.empty();
        }
        List<String> lines = guess.filters().stream()
                .map(filter -> repaired(
                        words.get(0) + " " + (guess.access() == null ? words.get(1) : guess.access()) + " " + filter))
                .flatMap(Optional::stream)
                .map(line -> "`" + Words.shown(line) + "`")
                .toList();
        if (guess.kind() == FilterGuess.Kind.COMMENT && !lines.isEmpty()) {
            return Optional.of(comment(lines.get(0) + ", and the comment on a line of its own"));
        }
        boolean one = guess.filters().size() == 1;
        return lines.size() < guess.filters().size()
                ? Optional.empty()
                : Optional.of(new RefusedLineAdvice(
                        guess.kind().finding(),
                        one ? "the filter alone" : "several filters",
                        String.join(" and ", lines) + (one ? "" : ", each on a line of its own")));
    }

    /** Whether an access word and more stands behind the first word. */
    private static boolean isRule(List<String> words) {
        return words.size() > 2 && ACCESS_WORDS.containsKey(words.get(1).toLowerCase(Locale.ROOT));
    }

    private static RefusedLineAdvice partOfAName(String text, Matcher part) {
        String nameless =
                "a line for each name: a wildcard stands for whole levels, MQTT has none for a part of a name";
        Optional<String> withLevel = part.group("mark") == null
                ? Optional.empty()
                : repaired(text.substring(0, part.start("mark")) + "/" + part.group("wild"));
        return new RefusedLineAdvice(
                "wildcard-in-name",
                "every name that has this part",
                withLevel
                        .map(line -> nameless + "; or topics with a / there, which `" + Words.shown(line) + "` matches")
                        .orElse(nameless));
    }

    /** Whether the last word before a # is an access word, so that the # is the filter. */
    private static boolean isAccessWord(String before) {
        List<String> words = words(before);
        return words.size() == 2 && ACCESS_WORDS.containsKey(words.get(1).toLowerCase(Locale.ROOT));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || isBlank(text.charAt(i));
            if (blank && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** The account whose section a refused line was most likely meant to begin; null if it was meant for something else. */
    static @Nullable String accountOrNull(String line) {
        return line.length() > MOST_CHARACTERS
                ? null
                : repaired(line.strip())
                        .filter(repaired -> repaired.startsWith("user "))
                        .map(repaired -> repaired.substring("user ".length()))
                        .orElse(null);
    }

    /** The line as Mosquitto takes it, if it can be guessed. */
    static Optional<String> repaired(String text) {
        List<String> words = words(KEYWORD_GLUED.matcher(text).replaceFirst("$1 "));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String keyword = words.get(0).toLowerCase(Locale.ROOT).replaceAll("[:=]$", "");
        if (ACCESS_WORDS.containsKey(keyword) && words.size() == 2) {
            return line("topic", keyword, words.get(1));
        }
        if (keyword.equals("topics") || keyword.equals("patterns") || keyword.equals("users")) {
            keyword = keyword.substring(0, keyword.length() - 1);
        } else if (keyword.equals("username")) {
            keyword = "user";
        }
        keyword = Spelling.nearest(keyword, AclLine.KEYWORDS).orElse(keyword);
        if (!KEYWORDS.contains(keyword) || words.size() < 2) {
            return Optional.empty();
        }
        if (keyword.equals("user")) {
            return Optional.of("user " + String.join(" ", words.subList(1, words.size())));
        }
        if (words.size() == 2) {
            return line(keyword, "readwrite", words.get(1));
        }
        boolean filterFirst = words.size() == 3
                && ACCESS_WORDS.containsKey(words.get(2).toLowerCase(Locale.ROOT))
                && Spelling.nearest(words.get(1), AclLine.ACCESS_WORDS).isEmpty()
                && !ACCESS_WORDS.containsKey(words.get(1).toLowerCase(Locale.ROOT));
        return filterFirst
                ? line(keyword, words.get(2), words.get(1))
                : line(keyword, words.get(1), String.join(" ", words.subList(2, words.size())));
    }

    private static Optional<String> line(String keyword, String access, String filter) {
        String small = access.toLowerCase(Locale.ROOT);
        String word = ACCESS_WORDS.getOrDefault(
                small, Spelling.nearest(small, AclLine.ACCESS_WORDS).orElse(null));
        String repaired = filter(filter);
        boolean guessed = !repaired.equals(filter) && filter.chars().anyMatch(c -> isBlank((char) c));
        // Where more than one filter stands, a wildcard that is moved would make one of all of them.
        return word == null
                        || guessed
                        || TopicFilter.ofReceivedOrNull(repaired) == null
                        || Filters.levels(repaired).size() > MOST_LEVELS
                ? Optional.empty()
                : Optional.of(keyword + " " + word + " " + repaired);
    }

    /** With each wildcard alone in its level, and # at the end only. */
    private static String filter(String filter) {
        List<String> levels = new ArrayList<>();
        String plain = filter.replaceAll("^[\"']|[\"']$", "");
        for (String level : Filters.levels(plain.indexOf('/') < 0 ? plain.replace('\\', '/') : plain)) {
            boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
            String name = level.replaceAll("[+#]", "");
            boolean wildFirst = level.startsWith("+") && !name.isEmpty();
            if (wildFirst) {
                levels.add("+");
            }
            if (!name.isEmpty() || !wild) {
                levels.add(name);
            }
            if (wild && !wildFirst) {
                levels.add(level.indexOf('#') >= 0 ? "#" : "+");
            }
        }
        for (int i = 0; i < levels.size() - 1; i++) {
            if (levels.get(i).equals("#")) {
                levels.set(i, "+");
            }
        }
        return String.join("/", levels);
    }
}
