package io.alicia.mqtt.broker.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin line while a configuration is read, with the options below it. */
final class ConfPlugin {

    final Location at;
    final @Nullable String name;
    final String path;
    final Map<String, String> options = new LinkedHashMap<>();

    ConfPlugin(Location at, @Nullable String name, String path) {
        this.at = at;
        this.name = name;
        this.path = path;
    }

    /** {@return the file name of the module, without directory and ending} */
    String module() {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
