package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a policy: {@code topic write alicia/sensors/#} or {@code pattern read alicia/devices/%c/command}.
 *
 * <p>Immutable. Two rules are equal if they say the same, wherever they were written.
 */
public final class AccessRule {

    /** Mosquitto's keyword of a rule. */
    public enum Kind {
        /** Holds for the account of its section, or for anonymous clients, with its filter as it stands. */
        TOPIC,
        /** Holds for every client; {@code %c} stands for the Client Identifier and {@code %u} for the account. */
        PATTERN;

        /** The keyword as it stands in an ACL file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Mosquitto's access word of a rule. */
    public enum Permission {
        /** Grants {@link Access#RECEIVE}. */
        READ(Access.RECEIVE.bit()),
        /** Grants {@link Access#PUBLISH}. */
        WRITE(Access.PUBLISH.bit()),
        /** Grants both. */
        READWRITE(Access.RECEIVE.bit() | Access.PUBLISH.bit()),
        /** Refuses both, before any rule of the same list that grants. */
        DENY(Access.RECEIVE.bit() | Access.PUBLISH.bit());

        final int bits;

        Permission(int bits) {
            this.bits = bits;
        }

        /** Whether a rule with this word, where its filter matches, grants {@code access}. */
        public boolean grants(Access access) {
            return this != DENY && (bits & access.bit()) != 0;
        }

        /** The word as it stands in an ACL file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final Permission permission;
    private final String filter;
    private final @Nullable TopicFilter compiled;
    private final @Nullable RuleSource source;

    private AccessRule(Kind kind, Permission permission, String filter, @Nullable RuleSource source) {
        this.kind = kind;
        this.permission = permission;
        this.filter = filter;
        this.compiled = matcherOf(filter);
        this.source = source;
    }

    /**
     * A rule for the account whose section it stands in.
     *
     * @throws IllegalArgumentException if {@code filter} is not a Topic Filter; the message names the rule and index
     */
    public static AccessRule topic(Permission permission, String filter) {
        return of(Kind.TOPIC, permission, filter, null);
    }

    /**
     * A rule for every client.
     *
     * @param filter with {@code %c} for the Client Identifier and {@code %u} for the account
     * @throws IllegalArgumentException if {@code filter} is not a Topic Filter; the message names the rule and index
     */
    public static AccessRule pattern(Permission permission, String filter) {
        return of(Kind.PATTERN, permission, filter, null);
    }

    static AccessRule of(Kind kind, Permission permission, String filter, @Nullable RuleSource source) {
        // Mosquitto reads "$share/…" in a rule as literal text that no message can have: it is checked, but shares
        // nothing. The letter in front keeps the syntax of shared subscriptions out of the check.
        TopicFilter.of(filter.startsWith("$share") ? "x" + filter : filter);
        return new AccessRule(kind, permission, filter, source);
    }

    /** The matcher of a filter after substitution; null where no Topic Name can match. */
    static @Nullable TopicFilter matcherOf(String filter) {
        return filter.startsWith("$share") ? null : TopicFilter.ofOrNull(filter);
    }

    /** Mosquitto's keyword. */
    public Kind kind() {
        return kind;
    }

    /** Mosquitto's access word. */
    public Permission permission() {
        return permission;
    }

    /** The Topic Filter as written, {@code %c} and {@code %u} included. */
    public String filter() {
        return filter;
    }

    /** Where the rule was written; empty if it was built in code. */
    public Optional<RuleSource> source() {
        return Optional.ofNullable(source);
    }

    @Nullable
    TopicFilter compiled() {
        return compiled;
    }

    /** The line of an ACL file that says this rule. */
    public String line() {
        return kind.word() + " " + permission.word() + " " + filter;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessRule that
                && kind == that.kind
                && permission == that.permission
                && filter.equals(that.filter);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + permission.hashCode()) + filter.hashCode();
    }

    /** {@code house.acl:12 `topic read alicia/#`}; without file and line if the rule was built in code. */
    @Override
    public String toString() {
        String line = "`" + Words.shown(line()) + "`";
        return source == null ? line : source + " " + line;
    }
}
