package io.alicia.mqtt.broker.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can only be judged when the whole configuration is read. */
final class ConfChecks {

    private static final String INVALID_BRIDGE = "Error: Invalid bridge configuration: ";

    private final ConfState state;

    ConfChecks(ConfState state) {
        this.state = state;
    }

    void check() throws ValueRefused {
        for (BridgeDraft bridge : state.bridges) {
            bridge(bridge);
        }
        uniqueLocalClientIds();
        for (ListenerDraft listener : state.listeners) {
            tls(listener.settings);
        }
        for (ListenerDraft listener : state.listeners) {
            proxy(listener.settings);
        }
        new KnownPlugins(state).apply();
        refusals();
        localOnly();
    }

    private void bridge(BridgeDraft bridge) throws ValueRefused {
        if (bridge.settings.build().flag("bridge_insecure")) {
            state.warning("Warning: Bridge '" + bridge.name + "' using insecure mode. ("
                    + bridge.settings.at("bridge_insecure") + ")");
        }
        if (bridge.addresses.isEmpty()) {
            throw new ValueRefused(INVALID_BRIDGE + "no remote addresses defined.");
        }
        if (bridge.topics.isEmpty()) {
            throw new ValueRefused(INVALID_BRIDGE + "no topics defined.");
        }
        boolean psk = bridge.settings.isSet("bridge_psk");
        boolean identity = bridge.settings.isSet("bridge_identity");
        if (psk != identity) {
            throw new ValueRefused(INVALID_BRIDGE + "missing " + (psk ? "bridge_identity." : "bridge_psk."));
        }
    }

    private void uniqueLocalClientIds() throws ValueRefused {
        Map<String, BridgeDraft> byId = new HashMap<>();
        for (BridgeDraft bridge : state.bridges) {
            // Without an id of its own a bridge is named after itself, and names are unique.
            Settings settings = bridge.settings.build();
            String id = settings.text("local_clientid")
                    .or(() -> settings.text("remote_clientid").map(remote -> "local." + remote))
                    .orElse(null);
            if (id != null && byId.put(id, bridge) != null) {
                throw new ValueRefused("Error: Bridge local_clientid '" + id
                        + "' is not unique. Try changing or setting the local_clientid value for one of the"
                        + " bridges.");
            }
        }
    }

    private static void tls(SettingsBuilder listener) throws ValueRefused {
        boolean certificate = listener.isSet("certfile");
        if (certificate != listener.isSet("keyfile")) {
            throw new ValueRefused("Error: Both certfile and keyfile must be provided to enable a TLS listener.");
        }
        if (listener.isSet("cafile") && !certificate) {
            throw new ValueRefused("Error: cafile specified without certfile and keyfile.");
        }
        if (listener.isSet("capath") && !certificate) {
            throw new ValueRefused("Error: capath specified without certfile and keyfile.");
        }
    }

    private static void proxy(SettingsBuilder listener) throws ValueRefused {
        Settings settings = listener.build();
        if (settings.wholeIfAny("enable_proxy_protocol").orElse(0) != 2) {
            return;
        }
        if (settings.flag("use_subject_as_username")) {
            throw new ValueRefused("Error: use_subject_as_username cannot be used with `enable_proxy_protocol 2`.");
        }
        if (settings.isSet("certfile") || settings.isSet("keyfile")) {
            throw new ValueRefused("Error: certfile and keyfile cannot be used with `enable_proxy_protocol 2`.");
        }
    }

    private void refusals() throws ValueRefused {
        @Nullable Line first = null;
        for (Line line : state.refusals) {
            if (first == null) {
                first = line;
            }
            state.error("Error: The '" + line.written() + "' option can't be honoured. "
                    + line.option().advice() + " (" + line.at() + ")");
        }
        if (first != null) {
            throw new ValueRefused("Error found at " + first.at() + ".");
        }
    }

    private void localOnly() {
        ListenerDraft listener = state.defaultListener;
        if (!state.localOnly || listener == null) {
            return;
        }
        for (String name : listener.settings.build().names()) {
            state.warning("Warning: '" + name + "' has no effect in local only mode; put it below a 'listener'. ("
                    + listener.settings.at(name) + ")");
        }
    }
}
