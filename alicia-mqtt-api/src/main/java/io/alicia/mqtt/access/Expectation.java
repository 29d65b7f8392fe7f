package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a policy should hold to, written as a sentence: {@code only alicia may publish homeassistant/#}.
 *
 * @param accounts the accounts that may; all others may not
 * @param access what they may do
 * @param topicFilter the topics
 */
public record Expectation(Set<String> accounts, Access access, String topicFilter) {

    private static final Pattern SENTENCE =
            Pattern.compile("\\s*(?:only\\s+(.+?)|(nobody))\\s+may\\s+(publish|receive)\\s+(\\S.*?)\\s*");

    /**
     * An expectation.
     *
     * @throws IllegalArgumentException if {@code topicFilter} is not a Topic Filter or {@code access} is {@link
     *     Access#SUBSCRIBE}, which Mosquitto grants to everybody
     */
    public Expectation {
        TopicFilter.of(topicFilter);
        if (access == Access.SUBSCRIBE) {
            throw new IllegalArgumentException("expected PUBLISH or RECEIVE: every subscription is accepted");
        }
        accounts = Collections.unmodifiableSet(new TreeSet<>(accounts));
    }

    /**
     * Reads {@code only ACCOUNT, ACCOUNT may publish|receive FILTER} or {@code nobody may publish|receive FILTER}.
     *
     * @throws IllegalArgumentException if it is no such sentence; the message says what was expected
     */
    public static Expectation parse(String sentence) {
        Matcher matcher = SENTENCE.matcher(sentence);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected \"only ACCOUNT, ACCOUNT may publish|receive FILTER\" or \"nobody may publish|receive "
                            + "FILTER\", found \"" + Words.shown(sentence) + "\"");
        }
        String accounts = matcher.group(1);
        return new Expectation(
                accounts == null ? Set.of() : Set.copyOf(List.of(accounts.split("\\s*(?:,|\\band\\b)\\s*"))),
                Access.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)),
                matcher.group(4));
    }

    /** The sentence. */
    @Override
    public String toString() {
        return (accounts.isEmpty() ? "nobody" : "only " + String.join(", ", accounts)) + " may "
                + access.name().toLowerCase(Locale.ROOT) + " " + topicFilter;
    }
}
