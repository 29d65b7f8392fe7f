package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives Mosquitto's own plugins their meaning. Native modules can't be loaded into Java; those that only read files are
 * the same as the option that reads the file, and of the dynamic-security plugin the file holds.
 */
final class KnownPlugins {

    /** What the lines of plugins set: the file of roles that the dynamic-security plugin works on. */
    static final String ROLES = "plugin";

    private static final String ROLES_MODULE = "mosquitto_dynamic_security";

    private enum Turn {
        FIRST,
        NEXT,
        LAST
    }

    private final ConfState state;

    KnownPlugins(ConfState state) {
        this.state = state;
    }

    void apply() throws ValueRefused {
        // First those that are asked first, last the one that has to be alone.
        List<ConfPlugin> inOrder = new ArrayList<>(state.plugins);
        inOrder.sort(Comparator.comparing(plugin ->
                plugin.module().equals(ROLES_MODULE) ? Turn.LAST : isGlobal(plugin) ? Turn.FIRST : Turn.NEXT));
        for (ConfPlugin plugin : inOrder) {
            switch (plugin.module()) {
                case "mosquitto_password_file" -> file(plugin, "password_file");
                case "mosquitto_acl_file" -> file(plugin, "acl_file");
                case "mosquitto_persist_sqlite" -> {
                    state.notice("The store of this broker takes the place of the plugin '" + plugin.path
                            + "'; 'persistence true' turns it on without a plugin. (" + plugin.at + ")");
                    if (!state.global.isSet("persistence")) {
                        state.global.set("persistence", true, plugin.at);
                    }
                }
                case ROLES_MODULE -> roles(plugin);
                default -> throw refuse(plugin, "Modules of Mosquitto can't be loaded; remove the line.");
            }
        }
    }

    /** The plugin's file is read and enforced; what changes it is not here. */
    private void roles(ConfPlugin plugin) throws ValueRefused {
        String path = plugin.options.get("config_file");
        if (path == null) {
            // Mosquitto would start without rules, and keep those that it has when it reads the file again.
            throw refuse(plugin, "It needs 'plugin_opt_config_file' below it.");
        }
        if (isUnused(plugin)) {
            return;
        }
        for (ConfState.Binding binding : state.bindings) {
            if (binding.plugin() == plugin) {
                requireAlone(plugin, binding.target());
                for (SettingsBuilder part : parts(binding.target())) {
                    part.set(ROLES, path, plugin.at);
                }
            }
        }
        state.warning("Warning: The clients, groups and roles of '" + path + "' hold as they stand there. Commands to"
                + " $CONTROL/dynamic-security/v1 are not carried out: change the file and send SIGHUP. (" + plugin.at
                + ")");
    }

    private void requireAlone(ConfPlugin plugin, SettingsBuilder target) throws ValueRefused {
        for (String option : List.of(ROLES, "password_file", "acl_file")) {
            for (SettingsBuilder part : sharing(target)) {
                Location before = part.at(option);
                if (before != null) {
                    throw refuse(
                            plugin,
                            option.equals(ROLES)
                                    ? "It can be there once; " + before + " has it already."
                                    : "Its clients and roles can't be joined with the '" + option + "' at " + before
                                            + ": put all of them into one.");
                }
            }
        }
    }

    /** {@return the settings that also decide for clients that these are asked for} */
    private List<SettingsBuilder> sharing(SettingsBuilder target) {
        if (target != state.global) {
            return List.of(target, state.global);
        }
        List<SettingsBuilder> all = new ArrayList<>(List.of(target));
        state.listeners.forEach(listener -> all.add(listener.settings));
        return all;
    }

    /**
     * {@return the settings that a plugin's file has to be in} With {@code per_listener_settings} listeners know nothing
     * of the global ones, but a {@code global_plugin} is asked about their clients all the same.
     */
    private List<SettingsBuilder> parts(SettingsBuilder target) {
        boolean listenersAsWell = target == state.global && state.perListenerSettings && !state.localOnly;
        return listenersAsWell ? sharing(target) : List.of(target);
    }

    private void file(ConfPlugin plugin, String option) throws ValueRefused {
        String path = plugin.options.get(option);
        if (path == null) {
            throw refuse(plugin, "It needs 'plugin_opt_" + option + "' below it.");
        }
        if (isUnused(plugin)) {
            return;
        }
        if (isGlobal(plugin)) {
            globalFile(plugin, option, path);
            return;
        }
        Location global = state.global.at(option);
        if (global != null) {
            notAsked("the '" + option + "' of the plugin at " + plugin.at, option, global);
            return;
        }
        for (ConfState.Binding binding : state.bindings) {
            if (binding.plugin() == plugin) {
                requireUnset(plugin, option, binding.target());
                binding.target().set(option, path, plugin.at);
            }
        }
    }

    private void globalFile(ConfPlugin plugin, String option, String path) throws ValueRefused {
        requireUnset(plugin, option, state.global);
        for (SettingsBuilder part : parts(state.global)) {
            Location own = part.at(option);
            if (own != null) {
                notAsked("the '" + option + "' at " + own, option, plugin.at);
            }
            part.set(option, path, plugin.at);
        }
    }

    private void requireUnset(ConfPlugin plugin, String option, SettingsBuilder part) throws ValueRefused {
        Location before = part.at(option);
        if (before != null) {
            throw refuse(plugin, "'" + option + "' is already set at " + before + ".");
        }
    }

    /** Mosquitto asks what is global first, and each kind of file has an answer for everybody that it is asked about. */
    private void notAsked(String file, String option, Location global) {
        state.warning("Warning: Nothing of " + file + " holds: the '" + option + "' at " + global
                + " is for all listeners and is asked first, as in Mosquitto, where it has the last word as well.");
    }

    private boolean isGlobal(ConfPlugin plugin) {
        return state.bindings.stream()
                .anyMatch(binding -> binding.plugin() == plugin && binding.target() == state.global);
    }

    /** Of a {@code plugin_load}, which by itself is about nobody's clients. */
    private boolean isUnused(ConfPlugin plugin) {
        if (state.bindings.stream().anyMatch(binding -> binding.plugin() == plugin)) {
            return false;
        }
        state.warning("Warning: The plugin '" + plugin.name + "' is used by no listener and nothing of it holds: put"
                + " 'plugin_use " + plugin.name + "' below those that shall have it. (" + plugin.at + ")");
        return true;
    }

    private ValueRefused refuse(ConfPlugin plugin, String advice) {
        state.error(ConfRefusedException.PLUGIN + " '" + plugin.path + "'. " + advice);
        return new ValueRefused("Error found at " + plugin.at + ".");
    }
}
