package io.alicia.mqtt.broker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code mosquitto.conf} says, checked and sorted.
 *
 * @param global what is set for the whole broker, and for all listeners where {@code per_listener_settings} is false
 * @param listeners in order; empty in local only mode
 * @param bridges in order
 * @param log what is logged
 * @param localOnly whether the file opens no port, so that only clients on this machine may connect
 * @param perListenerSettings whether access is set for each listener on its own
 * @param plugins the lines of plugins
 * @param notices what the operator should know, in order
 */
public record MosquittoConf(
        Settings global,
        List<ConfListener> listeners,
        List<ConfBridge> bridges,
        LogConf log,
        boolean localOnly,
        boolean perListenerSettings,
        Set<Location> plugins,
        List<Notice> notices) {

    /**
     * {@return a file and what it includes}
     *
     * @param file as the operator named it, which is how messages name it
     * @throws ConfRefusedException if it can't be read, or Mosquitto would not start with it, or it asks for what this
     *     broker can't give
     */
    public static MosquittoConf read(Path file) throws ConfRefusedException {
        return new ConfParser().parse(file.toString());
    }

    /** {@return the configuration of a broker that is started without a file} */
    public static MosquittoConf withoutFile() {
        return new ConfState().build();
    }

    /** {@return whether a listener takes clients without a user name} */
    public boolean allowsAnonymous(ConfListener listener) {
        Settings own = listener.settings();
        if (own.isSet("listener_allow_anonymous")) {
            return own.flag("listener_allow_anonymous");
        }
        return access(listener, "allow_anonymous").flag("allow_anonymous");
    }

    /** {@return whether clients without a user name may connect in local only mode} */
    public boolean allowsAnonymousLocally() {
        return !global.isSet("allow_anonymous") || global.flag("allow_anonymous");
    }

    /**
     * {@return the file of the dynamic-security plugin whose clients and roles hold for a part, empty without the plugin}
     *
     * @param access what {@link #access} gives for {@code plugin}, or the global settings
     */
    public static Optional<String> rolesFile(Settings access) {
        return access.text(KnownPlugins.ROLES);
    }

    /**
     * {@return whether a plugin gives an option, and not its own line}
     *
     * @param access what {@link #access} gives for the option, or the global settings
     * @param option the name of an option that the file has
     */
    public boolean isOfPlugin(Settings access, String option) {
        Location at = access.at(option);
        return at != null && plugins.contains(at);
    }

    /** {@return what Client Identifiers that are made for a listener's clients begin with} */
    public String autoIdPrefix(ConfListener listener) {
        Optional<String> own = listener.settings().text("listener_auto_id_prefix");
        return own.orElseGet(
                () -> access(listener, "auto_id_prefix").text("auto_id_prefix").orElseThrow());
    }

    /**
     * {@return the settings that hold for a listener's clients where an option about access is concerned}
     *
     * @param listener one of {@link #listeners()}
     * @param option the name of an option with {@link Scope#SECURITY}
     */
    public Settings access(ConfListener listener, String option) {
        return perListenerSettings || listener.settings().isSet(option) ? listener.settings() : global;
    }
}
