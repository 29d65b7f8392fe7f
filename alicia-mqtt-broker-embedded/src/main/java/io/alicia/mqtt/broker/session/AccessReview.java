package io.alicia.mqtt.broker.session;

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
            // A client of this process did not log in, so there is nothing that it could not do again.
            Client client = session.home() == loop && session.client() instanceof Client network ? network : null;
            RulesChange change =
                    client == null ? null : changes.get(client.access().security());
            if (client != null && change != null) {
                String account = client.access().account();
                String dismissal = change.dismissalOrNull(account, session.clientIdentifier());
                if (dismissal != null) {
                    client.close(ReasonCode.NOT_AUTHORIZED, dismissal);
                }
                reviewed.add(new Reviewed(
                        session.clientIdentifier(), account, client.info().listener(), dismissal));
            }
        }
        return reviewed;
    }
}
