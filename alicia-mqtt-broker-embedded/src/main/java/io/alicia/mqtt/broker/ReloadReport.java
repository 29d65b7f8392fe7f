package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessDiff;
import io.alicia.mqtt.access.PolicyDiff;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link EmbeddedBroker#reload(BrokerConfig) a reload} changed, and whom it disconnected. Immutable. */
public final class ReloadReport {

    /**
     * A client that could not log in again and was disconnected (MQTT 5: 0x87 Not authorized), or that had a subscription
     * which it may not have any more (0x98 Administrative action).
     *
     * @param clientIdentifier its Client Identifier
     * @param account its account; empty for a client without one
     * @param reason why, for people
     */
    public record Disconnected(String clientIdentifier, Optional<String> account, String reason) {}

    private final Map<String, AccessDiff> diffs;
    private final List<Disconnected> disconnected;

    ReloadReport(Map<String, AccessDiff> diffs, List<Disconnected> disconnected) {
        this.diffs = Collections.unmodifiableMap(new LinkedHashMap<>(diffs));
        this.disconnected = List.copyOf(disconnected);
    }

    /** {@return what changed in accounts and rules, by the name of the listener: {@code tcp:1883}} */
    public Map<String, AccessDiff> diffs() {
        return diffs;
    }

    /**
     * {@return who gains and who loses which topics, on whatever listener, but for the accounts that are {@link #unfinished()};
     * computed with each call, in seconds if thousands of accounts changed}
     */
    public List<PolicyDiff.Change> changes() {
        Set<PolicyDiff.Change> changes = new LinkedHashSet<>();
        diffs.values().forEach(diff -> changes.addAll(diff.policyDiff().changes()));
        return List.copyOf(changes);
    }

    /**
     * {@return the accounts with other rules of which {@link #changes()} does not tell, because too many rules overlap}
     */
    public List<PolicyDiff.Unfinished> unfinished() {
        Set<PolicyDiff.Unfinished> unfinished = new LinkedHashSet<>();
        diffs.values().forEach(diff -> unfinished.addAll(diff.policyDiff().unfinished()));
        return List.copyOf(unfinished);
    }

    /** {@return whom the reload disconnected, by Client Identifier} */
    public List<Disconnected> disconnected() {
        return disconnected;
    }

    /** {@return whether nothing changed and nobody was disconnected} */
    public boolean isEmpty() {
        return disconnected.isEmpty() && diffs.values().stream().allMatch(AccessDiff::isEmpty);
    }

    /** A line for each listener, and how many clients were disconnected. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        diffs.forEach((listener, diff) ->
                text.append(listener).append(": ").append(diff).append('\n'));
        return text.append("clients disconnected: ").append(disconnected.size()).toString();
    }
}
