package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.RulesChange;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at every client that is connected after rules were replaced, each on its own event loop. */
final class AccessReview {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Broker broker;
    private final Map<Security, RulesChange> changes;

    AccessReview(Broker broker, Map<Security, RulesChange> changes) {
        this.broker = broker;
        this.changes = changes;
    }

    List<Reviewed> run() {
        List<CompletableFuture<List<Reviewed>>> parts = broker.loops().stream()
                .map(loop -> CompletableFuture.supplyAsync(() -> review(loop), loop)
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        List<Reviewed> all = new ArrayList<>();
        for (CompletableFuture<List<Reviewed>> part : parts) {
            try {
                all.addAll(part.join());
            } catch (CompletionException e) {
                throw new IllegalStateException(
                        "the new rules are in force, but not all clients could be looked at: " + e.getCause(), e);
            }
        }
        return all;
    }

    private List<Reviewed> review(BrokerLoop loop) {
        List<Reviewed> reviewed = new ArrayList<>();
        for (Session session : broker.sessions().all()) {
            if (session.home() == loop) {
                review(session, reviewed);
            }
        }
        return reviewed;
    }

    private void review(Session session, List<Reviewed> reviewed) {
        ClientAccess access = session.access();
        RulesChange change = access == null ? null : changes.get(access.security());
        if (access == null || change == null) {
            return;
        }
        SessionClient present = session.client();
        if (present == null && !broker.isTrusted(session.clientIdentifier())) {
            session.withdrawForbidden().forEach(broker.denials()::subscribe);
        } else if (present instanceof Client client && access.isOutdated()) {
            String dismissal = dismiss(client, access, session, change);
            reviewed.add(new Reviewed(
                    session.clientIdentifier(), access.account(), client.info().listener(), dismissal));
        }
        // Who is not outdated came in by the new rules already; a client of this process did not log in, so there is
        // nothing
        // that it could not do again.
    }

    private static @Nullable String dismiss(Client client, ClientAccess access, Session session, RulesChange change) {
        String dismissal = change.dismissalOrNull(access);
        if (dismissal != null) {
            client.close(ReasonCode.NOT_AUTHORIZED, dismissal);
            return dismissal;
        }
        List<Decision> withdrawn = session.withdrawForbidden();
        if (withdrawn.isEmpty()) {
            return null;
        }
        Decision first = withdrawn.get(0);
        String others = withdrawn.size() == 1 ? "" : " (and " + (withdrawn.size() - 1) + " more)";
        String reason =
                "it may not be subscribed to " + first.topic() + " any more" + others + ": " + first.explanation();
        client.close(ReasonCode.ADMINISTRATIVE_ACTION, reason);
        return reason;
    }
}
