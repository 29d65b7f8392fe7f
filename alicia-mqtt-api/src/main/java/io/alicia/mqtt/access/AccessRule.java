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

    /** Mosquitto's keyword of a rule: of an ACL file, or of its dynamic-security plugin. */
    public enum Kind {
        /** Holds for the account of its section, or for anonymous clients, with its filter as it stands. */
        TOPIC("topic", Access.PUBLISH.bit() | Access.RECEIVE.bit()),
        /** Holds for every client; {@code %c} stands for the Client Identifier and {@code %u} for the account. */
        PATTERN("pattern", Access.PUBLISH.bit() | Access.RECEIVE.bit()),
        /** Of a role: whether its clients may publish. */
        PUBLISH_CLIENT_SEND("publishClientSend", Access.PUBLISH.bit()),
        /** Of a role: whether its clients may be delivered messages. */
        PUBLISH_CLIENT_RECEIVE("publishClientReceive", Access.RECEIVE.bit()),
        /** Of a role: whether its clients may subscribe with exactly this filter. */
        SUBSCRIBE_LITERAL("subscribeLiteral", Access.SUBSCRIBE.bit()),
        /** Of a role: whether its clients may subscribe with a filter that this one covers. */
        SUBSCRIBE_PATTERN("subscribePattern", Access.SUBSCRIBE.bit()),
        /** Of a role: refuses its clients each subscription with a wildcard, before its other rules are asked. */
        ALLOW_WILDCARD_SUBS("allowwildcardsubs", Access.SUBSCRIBE.bit());

        private final String word;
        private final int bits;

        Kind(String word, int bits) {
            this.word = word;
            this.bits = bits;
        }

        /** The keyword as it stands in the file. */
        public String word() {
            return word;
        }
    }

    /** What a rule does with what its kind speaks of. */
    public enum Permission {
        /** Grants {@link Access#RECEIVE}. */
        READ(Access.RECEIVE.bit()),
        /** Grants {@link Access#PUBLISH}. */
        WRITE(Access.PUBLISH.bit()),
        /** Grants both. */
        READWRITE(Access.RECEIVE.bit() | Access.PUBLISH.bit()),
        /** Refuses all that the kind speaks of. In an ACL file it comes before any rule of the same list that grants. */
        DENY(-1),
        /** Grants what the kind speaks of; for the rules of roles. */
        ALLOW(-1);

        private final int bits;

        Permission(int bits) {
            this.bits = bits;
        }

        /** The word as it stands in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final Permission permission;
    private final String filter;
    private final @Nullable TopicFilter compiled;
    private final @Nullable RuleSource source;
    private final @Nullable String role;
    private final boolean placeholder;

    private AccessRule(
            Kind kind, Permission permission, String filter, @Nullable RuleSource source, @Nullable String role) {
        this.kind = kind;
        this.permission = permission;
        this.filter = filter;
        this.compiled = matcherOf(filter);
        this.source = source;
        this.role = role;
        this.placeholder = filter.contains("%c") || filter.contains("%u");
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
        return of(kind, permission, filter, source, null);
    }

    static AccessRule ofRole(Kind kind, boolean allow, String filter, @Nullable RuleSource source, String role) {
        return of(kind, allow ? Permission.ALLOW : Permission.DENY, filter, source, role);
    }

    /** A role's {@code "allowwildcardsubs": false}. */
    static AccessRule withoutWildcards(@Nullable RuleSource source, String role) {
        return new AccessRule(Kind.ALLOW_WILDCARD_SUBS, Permission.DENY, "#", source, role);
    }

    private static AccessRule of(
            Kind kind, Permission permission, String filter, @Nullable RuleSource source, @Nullable String role) {
        // Mosquitto reads "$share/…" in a rule as literal text that no message can have: it is checked, but shares
        // nothing. The letter in front keeps the syntax of shared subscriptions out of the check.
        TopicFilter.ofReceived(filter.startsWith("$share") ? "x" + filter : filter);
        return new AccessRule(kind, permission, filter, source, role);
    }

    /** The line of an ACL file about the same topics, as if it stood where this rule does. */
    AccessRule asTopic(Permission other) {
        return new AccessRule(Kind.TOPIC, other, filter, source, role);
    }

    /** The matcher of a filter after substitution; null where no Topic Name can match. */
    static @Nullable TopicFilter matcherOf(String filter) {
        return filter.startsWith("$share") ? null : TopicFilter.ofReceivedOrNull(filter);
    }

    /** Mosquitto's keyword. */
    public Kind kind() {
        return kind;
    }

    /** What it does with what its kind speaks of. */
    public Permission permission() {
        return permission;
    }

    /** Whether the rule, where its filter matches, grants {@code access}. */
    public boolean grants(Access access) {
        return permission != Permission.DENY && (bits() & access.bit()) != 0;
    }

    /** Whether the rule, where its filter matches, refuses {@code access}. */
    public boolean denies(Access access) {
        return permission == Permission.DENY && (bits() & access.bit()) != 0;
    }

    /** The accesses that the rule decides on where its filter matches, as bits of {@link Access#bit()}. */
    int bits() {
        return kind.bits & permission.bits;
    }

    /** The Topic Filter as written, {@code %c} and {@code %u} included. */
    public String filter() {
        return filter;
    }

    /** Where the rule was written; empty if it was built in code. */
    public Optional<RuleSource> source() {
        return Optional.ofNullable(source);
    }

    /** The role that the rule belongs to; empty for the rules of an ACL file. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** Whether the filter has {@code %c} or {@code %u} in it; whether they stand for anything depends on the kind. */
    boolean hasPlaceholder() {
        return placeholder;
    }

    @Nullable
    TopicFilter compiled() {
        return compiled;
    }

    /** The line of an ACL file that says this rule; for a rule of a role as {@code mosquitto_ctrl} takes it. */
    public String line() {
        return line(filter);
    }

    /** {@link #line()} with another filter. */
    String line(String otherFilter) {
        if (kind == Kind.ALLOW_WILDCARD_SUBS) {
            return kind.word() + " false";
        }
        return kind == Kind.TOPIC || kind == Kind.PATTERN
                ? kind.word() + " " + permission.word() + " " + otherFilter
                : kind.word() + " " + otherFilter + " " + permission.word();
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

    /** {@code house.acl:12 `topic read alicia/#`}, with its role if it has one; without file and line if the rule was built in code. */
    @Override
    public String toString() {
        String line = "`" + Words.shown(line()) + "`" + (role == null ? "" : " of role " + Words.shown(role));
        return source == null ? line : source + " " + line;
    }
}
