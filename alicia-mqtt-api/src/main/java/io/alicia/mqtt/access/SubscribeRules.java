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
                && switch (rule.kind()) {
                    case ALLOW_WILDCARD_SUBS -> hasWildcard(filter);
                    case SUBSCRIBE_LITERAL -> own.equals(filter);
                    default -> covers(own, filter);
                };
    }

    /** Whether {@code +} or {@code #} stands in the text, as the plugin looks for them. */
    static boolean hasWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    /**
     * Whether a {@code subscribePattern} speaks of a subscription's filter, as in Mosquitto 2.1: level by level, where a
     * {@code +} takes any but {@code #}, and a leading wildcard nothing that begins with {@code $}.
     */
    static boolean covers(String rule, String filter) {
        if (rule.startsWith("$") != filter.startsWith("$")) {
            return false;
        }
        List<String> outer = Filters.levels(rule);
        List<String> inner = Filters.levels(filter);
        for (int i = 0; i < outer.size(); i++) {
            String level = outer.get(i);
            if (level.equals("#")) {
                return true;
            }
            if (i == inner.size() || inner.get(i).equals("#") || !(level.equals("+") || level.equals(inner.get(i)))) {
                return false;
            }
        }
        return outer.size() == inner.size();
    }
}
