package io.alicia.mqtt.broker.config;

/**
 * Gives Mosquitto's own plugins their meaning. Native modules can't be loaded into Java; those that only read files are
 * the same as the option that reads the file.
 */
final class KnownPlugins {

    private final ConfState state;

    KnownPlugins(ConfState state) {
        this.state = state;
    }

    void apply() throws ValueRefused {
        for (ConfPlugin plugin : state.plugins) {
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
                case "mosquitto_dynamic_security" ->
                    throw refuse(
                            plugin,
                            "Use 'password_file' and 'acl_file', which 'alicia-acl convert -o ACL_FILE -p"
                                    + " PASSWORD_FILE dynamic-security.json' writes, and send SIGHUP when they change.");
                default -> throw refuse(plugin, "Modules of Mosquitto can't be loaded; remove the line.");
            }
        }
    }

    private void file(ConfPlugin plugin, String option) throws ValueRefused {
        String path = plugin.options.get(option);
        if (path == null) {
            throw refuse(plugin, "It needs 'plugin_opt_" + option + "' below it.");
        }
        for (ConfState.Binding binding : state.bindings) {
            if (binding.plugin() != plugin) {
                continue;
            }
            Location before = binding.target().at(option);
            if (before != null) {
                throw refuse(plugin, "'" + option + "' is already set at " + before + ".");
            }
            binding.target().set(option, path, plugin.at);
        }
    }

    private ValueRefused refuse(ConfPlugin plugin, String advice) {
        state.error(ConfRefusedException.PLUGIN + " '" + plugin.path + "'. " + advice);
        return new ValueRefused("Error found at " + plugin.at + ".");
    }
}
