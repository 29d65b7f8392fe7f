package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That an account can be used by who could not use it before, or the other way round: with it everything that its rules
 * give is gained or lost, although no rule changed. Immutable.
 *
 * @param account the account
 * @param clientIdentifier the only client that is meant; empty for each
 * @param gained whether it can be used now; otherwise it no longer can
 * @param explanation what was and what is, in words
 */
public record LogInChange(String account, Optional<String> clientIdentifier, boolean gained, String explanation) {

    /** The changes for the accounts that both documents have; who has come or gone gains or loses by its rules. */
    public static List<LogInChange> between(DynamicSecurity before, DynamicSecurity after) {
        Map<String, ClientLogIn> now = after.logIns();
        List<LogInChange> changes = new ArrayList<>();
        before.logIns().forEach((account, was) -> {
            ClientLogIn is = now.get(account);
            if (is != null) {
                add(was, is, changes);
            }
        });
        return List.copyOf(changes);
    }

    private static void add(ClientLogIn was, ClientLogIn is, List<LogInChange> changes) {
        boolean could = was.hindrance().isEmpty();
        boolean can = is.hindrance().isEmpty();
        Optional<String> then = was.clientIdentifier();
        Optional<String> only = is.clientIdentifier();
        if (could != can) {
            String reason = (could ? is : was).hindrance().orElseThrow();
            changes.add(new LogInChange(
                    is.account(),
                    can ? only : then,
                    can,
                    can ? "nobody could log in until now: " + reason : "nobody can log in now: " + reason));
        } else if (can && !then.equals(only)) {
            String until = then.map(name -> "client " + Words.shown(name)).orElse("any client");
            String from = only.map(name -> "client " + Words.shown(name)).orElse("any client");
            String explanation = "until now " + until + " might use the account, now " + from;
            if (then.isPresent() && only.isPresent()) {
                changes.add(new LogInChange(is.account(), only, true, explanation));
            }
            changes.add(new LogInChange(
                    is.account(),
                    then.isPresent() && only.isPresent() ? then : Optional.empty(),
                    only.isEmpty(),
                    explanation));
        }
    }

    /** {@code bob gains all that its rules give (nobody could log in until now: it is disabled)}. */
    @Override
    public String toString() {
        return Words.client(account, clientIdentifier.orElse("")) + (gained ? " gains" : " loses")
                + " all that its rules give (" + explanation + ")";
    }
}
