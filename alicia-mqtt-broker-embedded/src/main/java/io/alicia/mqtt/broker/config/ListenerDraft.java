package io.alicia.mqtt.broker.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listener while its configuration is read. */
final class ListenerDraft {

    final Location at;
    final boolean isDefault;
    final SettingsBuilder settings = new SettingsBuilder();
    int port;

    @Nullable
    String host;

    @Nullable
    String unixSocketPath;

    ListenerDraft(Location at, int port, boolean isDefault) {
        this.at = at;
        this.port = port;
        this.isDefault = isDefault;
    }

    ConfListener build() {
        return new ConfListener(
                at, port, Optional.ofNullable(host), Optional.ofNullable(unixSocketPath), settings.build());
    }
}
