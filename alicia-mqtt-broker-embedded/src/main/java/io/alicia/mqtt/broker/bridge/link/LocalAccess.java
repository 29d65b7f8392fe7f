package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.LogInCheck;
import io.alicia.mqtt.broker.security.Security;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a bridge may publish and receive in its own broker. It does not log in: who wrote it into the file is trusted. */
final class LocalAccess {

    private final BridgeConfig config;
    private final Security security;

    LocalAccess(BridgeConfig config) {
        this.config = config;
        this.security = new Security(rulesOf(config.localAccess()));
    }

    /** What its sessions ask, from now on and after each change. */
    ClientAccess ofBridge() {
        return new ClientAccess(security, config.localUsername().orElse(null), config.localClientid());
    }

    /** Other rights, at once. */
    void change(AccessPolicy policy) {
        security.replace(rulesOf(policy));
    }

    private static AccessRules rulesOf(AccessPolicy policy) {
        return new AccessRules(
                List.of(),
                true,
                LogInCheck.by(
                        logIn -> CompletableFuture.completedFuture(Authentication.refused("a bridge does not log in"))),
                List.of(),
                Set.of(),
                policy,
                false);
    }
}
