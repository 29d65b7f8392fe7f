package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of one part of a configuration while it is read. */
final class SettingsBuilder {

    private final Map<String, Settings.Entry> entries = new LinkedHashMap<>();

    void set(String name, Object value, Location at) {
        entries.put(name, new Settings.Entry(value, at));
    }

    void add(String name, String value, Location at) {
        Settings.Entry before = entries.get(name);
        List<String> values = new ArrayList<>(before == null ? List.of() : Settings.Texts.of(before.value()));
        values.add(value);
        set(name, new Settings.Texts(List.copyOf(values)), at);
    }

    @Nullable
    Location at(String name) {
        Settings.Entry entry = entries.get(name);
        return entry == null ? null : entry.at();
    }

    boolean isSet(String name) {
        return entries.containsKey(name);
    }

    boolean isOn(String name) {
        return build().flag(name);
    }

    Settings build() {
        return new Settings(entries);
    }
}
