package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bridge while its configuration is read. */
final class BridgeDraft {

    final Location at;
    final String name;
    final SettingsBuilder settings = new SettingsBuilder();
    final List<ConfBridge.Address> addresses = new ArrayList<>();
    final List<ConfBridge.Topic> topics = new ArrayList<>();
    ConfBridge.Restart restart = ConfBridge.Restart.DEFAULT;
    ConfBridge.@Nullable TcpKeepalive tcpKeepalive;

    BridgeDraft(Location at, String name) {
        this.at = at;
        this.name = name;
    }

    ConfBridge build() {
        return new ConfBridge(
                at,
                name,
                List.copyOf(addresses),
                List.copyOf(topics),
                restart,
                Optional.ofNullable(tcpKeepalive),
                settings.build());
    }
}
