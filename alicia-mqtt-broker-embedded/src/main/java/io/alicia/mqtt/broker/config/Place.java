package io.alicia.mqtt.broker.config;

import org.jspecify.annotations.Nullable;

/** Where in a file the reader is: what the next line may belong to. Each file starts with none of them. */
final class Place {

    @Nullable
    ListenerDraft listener;

    @Nullable
    BridgeDraft bridge;

    @Nullable
    ConfPlugin plugin;

    ListenerDraft requireListener(String option) throws ValueRefused {
        ListenerDraft current = listener;
        if (current == null) {
            throw new ValueRefused("Error: The '" + option + "' option requires a listener to be defined first.");
        }
        return current;
    }

    BridgeDraft requireBridge(String option) throws ValueRefused {
        BridgeDraft current = bridge;
        if (current == null) {
            throw new ValueRefused("Error: The '" + option + "' option requires a bridge to be defined first.");
        }
        return current;
    }

    ConfPlugin requirePlugin(String option) throws ValueRefused {
        ConfPlugin current = plugin;
        if (current == null) {
            throw new ValueRefused("Error: The '" + option
                    + "' option requires plugin/global_plugin/plugin_load to be defined first.");
        }
        return current;
    }
}
