package io.alicia.mqtt.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What roles say about subscriptions, as Mosquitto's dynamic-security plugin asks them. */
final class SubscribeRules {

    private SubscribeRules() {}

    /** The first of {@code rules} that speaks of a client's SUBSCRIBE with {@code filter}, or null. */
    static @Nullable AccessRule deciding(
            List<AccessRule> rules, @Nullable String account, String clientIdentifier, String filter) {
        for (AccessRule rule : rules) {
            if (speaks(rule, account, clientIdentifier, filter)) {
                return rule;
            }
        }
        return null;
    }

    /** Those that speak of it, too, and are not asked, as an earlier one decides; the ones that say the opposite first. */
    static List<AccessRule> losing(
            List<AccessRule> rules, @Nullable String account, String clientIdentifier, String filter) {
        List<AccessRule> speaking = rules.stream()
                .filter(rule -> speaks(rule, account, clientIdentifier, filter))
                .toList();
        return speaking.isEmpty() ? speaking : NearestRules.losing(Access.SUBSCRIBE, speaking, speaking.get(0));
    }

    private static boolean speaks(AccessRule rule, @Nullable String account, String clientIdentifier, String filter) {
        String own = (rule.bits() & Access.SUBSCRIBE.bit()) == 0
                ? null
                : RolePlaceholders.substitutedOrNull(rule, account, clientIdentifier);
        return own != null
                && (rule.kind() == AccessRule.Kind.SUBSCRIBE_LITERAL ? own.equals(filter) : covers(own, filter));
    }

    /**
     * The plugin's own notion of a filter within another one: level by level, after a last {@code #} is taken from both;
     * {@code $} is a letter like any other.
     */
    static boolean covers(String rule, String filter) {
        if (rule.equals("#")) {
            return true;
        }
        boolean ruleGoesOn = goesOn(rule);
        boolean filterGoesOn = goesOn(filter);
        if (filterGoesOn && !ruleGoesOn) {
            return false;
        }
        List<String> outer = Filters.levels(withoutEnd(rule, ruleGoesOn));
        List<String> inner = Filters.levels(withoutEnd(filter, filterGoesOn));
        if (outer.size() > inner.size() || (inner.size() > outer.size() && !ruleGoesOn)) {
            return false;
        }
        for (int i = 0; i < outer.size(); i++) {
            if (!outer.get(i).equals("+") && !outer.get(i).equals(inner.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean goesOn(String filter) {
        return filter.equals("#") || filter.endsWith("/#");
    }

    private static String withoutEnd(String filter, boolean goesOn) {
        return goesOn ? filter.substring(0, Math.max(filter.length() - 2, 0)) : filter;
    }
}
