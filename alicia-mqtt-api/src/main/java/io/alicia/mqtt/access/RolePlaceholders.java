package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code %c} and {@code %u} in the rules of roles, as Mosquitto's dynamic-security plugin has them since 2.1: they stand for
 * one level, the client's own identifier or account, in all rules but {@code subscribeLiteral}. Unlike in an ACL file they
 * are a level by themselves, and what stands for them is one: a name with a slash, or with what would be a wildcard, is no
 * level that a topic can have.
 */
final class RolePlaceholders {

    static final String CLIENT = "%c";
    private static final String ACCOUNT = "%u";

    private RolePlaceholders() {}

    /** The rule's filter for a client; null if it matches no topic then. */
    static @Nullable TopicFilter matcherOrNull(AccessRule rule, @Nullable String account, String clientIdentifier) {
        if (!rule.hasPlaceholder()) {
            return rule.compiled();
        }
        String filter = substitutedOrNull(rule, account, clientIdentifier);
        return filter == null ? null : AccessRule.matcherOf(filter);
    }

    /** The text of the rule's filter for a client; null if nothing is within it then. */
    static @Nullable String substitutedOrNull(AccessRule rule, @Nullable String account, String clientIdentifier) {
        if (!rule.hasPlaceholder() || rule.kind() == AccessRule.Kind.SUBSCRIBE_LITERAL) {
            return rule.filter();
        }
        List<String> levels = new ArrayList<>();
        for (String level : Filters.levels(rule.filter())) {
            boolean placeholder = level.equals(CLIENT) || level.equals(ACCOUNT);
            String name = !placeholder ? level : level.equals(CLIENT) ? clientIdentifier : account;
            if (name == null || (placeholder && !canBeLevel(name, levels.isEmpty()))) {
                return null;
            }
            levels.add(name);
        }
        return String.join("/", levels);
    }

    /**
     * What the rules say whoever the client is: with the account's name for {@code %u}, and without those that have
     * {@code %c}, which a section of an ACL file cannot say.
     *
     * @param account null for clients without one
     */
    static List<AccessRule> forAnyClientOf(@Nullable String account, List<AccessRule> rules) {
        List<AccessRule> plain = new ArrayList<>();
        for (AccessRule rule : rules) {
            boolean ofClient =
                    rule.hasPlaceholder() && Filters.levels(rule.filter()).contains(CLIENT);
            String filter = ofClient ? null : substitutedOrNull(rule, account, "");
            if (filter != null) {
                plain.add(
                        filter.equals(rule.filter())
                                ? rule
                                : AccessRule.ofRole(
                                        rule.kind(),
                                        rule.permission() != AccessRule.Permission.DENY,
                                        filter,
                                        rule.source().orElse(null),
                                        rule.role().orElse("")));
            }
        }
        return plain;
    }

    private static boolean canBeLevel(String name, boolean first) {
        return !name.isEmpty()
                && name.indexOf('/') < 0
                && name.indexOf('+') < 0
                && name.indexOf('#') < 0
                // As if the rule began with a wildcard: nobody gets at reserved topics by their own name.
                && !(first && name.startsWith("$"));
    }
}
