package io.alicia.mqtt.client;

import io.alicia.mqtt.homeassistant.component.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Who announces something to Home Assistant where the options do not say.
 *
 * @param origin what announcements name
 * @param isItsOwn whether no other client names the same; several may have one account, and at a server there is one client of
 *     an identifier
 */
record DefaultOrigin(Origin origin, boolean isItsOwn) {

    static DefaultOrigin of(@Nullable String clientIdentifier, @Nullable String accountName) {
        if (clientIdentifier != null) {
            return new DefaultOrigin(named(clientIdentifier), true);
        }
        // In words, so that it is no client's identifier either, which may well be the account's name.
        return new DefaultOrigin(named(accountName == null ? "a client" : "a client of " + accountName), false);
    }

    private static Origin named(String name) {
        return Origin.builder().name(name).build();
    }
}
