package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.security.Security;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What decides at each listener, as it was given last: a reload takes nothing of it away that is to be
 * {@linkplain SecurityConfig#keepsAccounts kept} without putting something in its place.
 */
final class KeptSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSecurity.class);

    private final Map<Security, SecurityConfig> present = new ConcurrentHashMap<>();

    /** From now on this decides. */
    void put(Security security, SecurityConfig given) {
        present.put(security, given);
    }

    void putAll(Map<Security, SecurityConfig> given) {
        present.putAll(given);
    }

    /**
     * {@return what a reload leads to}
     *
     * @param listeners the names of those that it is about
     * @param changed what the new configuration says
     */
    SecurityConfig after(Security security, Set<String> listeners, SecurityConfig changed) {
        SecurityConfig before = present.get(security);
        boolean accounts = before != null && before.keepsAccounts() && asksNobody(changed);
        boolean access = before != null && before.keepsAccess() && restrictsNothing(changed);
        if (before == null || (!accounts && !access)) {
            return changed;
        }
        if (!listeners.isEmpty()) {
            LOG.warn(
                    "the configuration has no plugin any more that says {} at {}: as with Mosquitto, what was loaded holds"
                            + " until the next start",
                    accounts && access
                            ? "who may log in and what they may do"
                            : accounts ? "who may log in" : "what clients may do",
                    String.join(", ", listeners));
        }
        SecurityConfig.Builder kept = SecurityConfig.builder();
        kept.from(changed);
        if (accounts) {
            kept.accounts(before.accounts()).authenticator(Optional.empty()).keepsAccounts(true);
        }
        if (access) {
            kept.access(before.access()).keepsAccess(true);
        }
        return kept.build();
    }

    private static boolean restrictsNothing(SecurityConfig given) {
        return !given.keepsAccess() && given.access().isUnrestricted();
    }

    private static boolean asksNobody(SecurityConfig given) {
        return !given.keepsAccounts()
                && given.accounts().isEmpty()
                && given.authenticator()
                        .map(authenticator -> authenticator == MosquittoConfigs.ANYBODY)
                        .orElse(true);
    }
}
