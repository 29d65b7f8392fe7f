package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every option of mosquitto.conf(5) 2.0 and 2.1, and those that Mosquitto once had. */
public final class Options {

    private static final List<Option> ALL = all(
            GeneralOptions.access(),
            GeneralOptions.plugins(),
            GeneralOptions.limits(),
            GeneralOptions.operation(),
            ListenerOptions.listeners(),
            ListenerOptions.tls(),
            BridgeOptions.bridges(),
            BridgeOptions.protocol(),
            BridgeOptions.tls(),
            GeneralOptions.removed());

    private static final Map<String, Option> BY_NAME = byName();

    private Options() {}

    /** {@return all options, related ones side by side} */
    public static List<Option> all() {
        return ALL;
    }

    /**
     * {@return the option that a word at the start of a line names, or null}
     *
     * @param name a name or an alias; {@code plugin_opt_x} and {@code auth_opt_x} name the family
     */
    public static @Nullable Option named(String name) {
        if (name.startsWith("plugin_opt_") || name.startsWith("auth_opt_")) {
            return BY_NAME.get("plugin_opt_*");
        }
        return name.endsWith("*") ? null : BY_NAME.get(name);
    }

    static Option require(String name) {
        Option option = BY_NAME.get(name);
        if (option == null) {
            throw new IllegalArgumentException("no option \"" + name + "\"");
        }
        return option;
    }

    @SafeVarargs
    private static List<Option> all(List<Option>... parts) {
        List<Option> all = new ArrayList<>();
        for (List<Option> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    private static Map<String, Option> byName() {
        Map<String, Option> byName = new HashMap<>();
        for (Option option : ALL) {
            byName.put(option.name(), option);
            option.aliases().forEach(alias -> byName.put(alias, option));
        }
        return Map.copyOf(byName);
    }
}
