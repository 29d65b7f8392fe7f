package io.alicia.mqtt.broker.config;

import org.jspecify.annotations.Nullable;

/** Reads the lines that load plugins and give them options. */
final class PluginLines {

    private static final int SHORTEST_KEY = 3;

    private final ConfState state;
    private final Values values;

    PluginLines(ConfState state, Values values) {
        this.state = state;
        this.values = values;
    }

    /** Reads an option of the plugin above. */
    void read(Line line) throws ValueRefused {
        if (line.option().name().equals("auth_plugin_deny_special_chars")) {
            if (line.place().plugin == null) {
                throw new ValueRefused("Error: An auth_plugin_deny_special_chars option exists in the config file"
                        + " without a plugin.");
            }
            boolean deny = values.flag("auth_plugin_deny_special_chars", line.words());
            if (!deny) {
                state.warning("Warning: 'auth_plugin_deny_special_chars false' has no effect: a '+' or '#' in a user"
                        + " name or client id never widens a rule here. (" + line.at() + ")");
            }
            return;
        }
        ConfPlugin plugin = line.place().requirePlugin(line.written());
        String key = line.written().substring(line.written().indexOf("_opt_") + "_opt_".length());
        if (key.length() < SHORTEST_KEY) {
            throw new ValueRefused("Error: Invalid 'plugin_opt_' config option.");
        }
        String rest = line.words().rest();
        if (rest == null) {
            throw Values.empty(key);
        }
        plugin.options.put(key, Words.decode(rest).stripLeading());
    }

    /** {@return whether the line loads a plugin or says what it is for} */
    boolean bind(Line line, SettingsBuilder target) throws ValueRefused {
        switch (line.option().name()) {
            case "plugin" -> state.bindings.add(new ConfState.Binding(load(line, null), target));
            case "global_plugin" -> {
                state.accessTouched = true;
                state.bindings.add(new ConfState.Binding(load(line, null), state.global));
            }
            case "plugin_load" -> load(line, values.word("plugin_load", line.words()));
            case "plugin_use" -> use(line, target);
            default -> {
                return false;
            }
        }
        return true;
    }

    private ConfPlugin load(Line line, @Nullable String name) throws ValueRefused {
        if (name != null && state.plugins.stream().anyMatch(plugin -> name.equals(plugin.name))) {
            throw new ValueRefused("Error: Duplicate plugin name '" + name + "'.");
        }
        String rest = line.words().rest();
        if (rest == null || rest.isBlank()) {
            throw name == null
                    ? Values.empty(line.written())
                    : new ValueRefused("Error: Missing plugin path for plugin name '" + name + "'.");
        }
        ConfPlugin plugin = new ConfPlugin(line.at(), name, Words.decode(rest).strip());
        state.plugins.add(plugin);
        line.place().plugin = plugin;
        return plugin;
    }

    private void use(Line line, SettingsBuilder target) throws ValueRefused {
        String name = values.text("plugin_use", line.words());
        for (ConfPlugin plugin : state.plugins) {
            if (name.equals(plugin.name)) {
                state.bindings.add(new ConfState.Binding(plugin, target));
                line.place().plugin = plugin;
                return;
            }
        }
        throw new ValueRefused("Error: Plugin '" + name + "' not previously loaded.");
    }
}
