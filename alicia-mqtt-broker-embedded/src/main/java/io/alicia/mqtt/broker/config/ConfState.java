package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is known of a configuration while it is read. */
final class ConfState {

    final SettingsBuilder global = new SettingsBuilder();
    final List<ListenerDraft> listeners = new ArrayList<>();
    final List<BridgeDraft> bridges = new ArrayList<>();
    final List<ConfPlugin> plugins = new ArrayList<>();
    final List<Binding> bindings = new ArrayList<>();
    final LogDraft log = new LogDraft();
    final List<Notice> notices = new ArrayList<>();
    final List<Line> refusals = new ArrayList<>();
    boolean localOnly = true;
    boolean perListenerSettings;
    boolean accessTouched;

    @Nullable
    ListenerDraft defaultListener;

    /** A plugin and the settings that it works on. */
    record Binding(ConfPlugin plugin, SettingsBuilder target) {}

    void error(String text) {
        notices.add(new Notice(Notice.Severity.ERROR, text));
    }

    void warning(String text) {
        notices.add(new Notice(Notice.Severity.WARNING, text));
    }

    void notice(String text) {
        notices.add(new Notice(Notice.Severity.NOTICE, text));
    }

    void information(String text) {
        notices.add(new Notice(Notice.Severity.INFORMATION, text));
    }

    ListenerDraft defaultListener(String option, Location at) {
        ListenerDraft listener = defaultListener;
        if (listener == null) {
            information("Creating default listener due to '" + option + "' option.");
            information("It is best practice to define a 'listener' first. Using the '" + option
                    + "' option without a listener will be disabled in the future.");
            listener = new ListenerDraft(at, 1883, true);
            listeners.add(listener);
            defaultListener = listener;
        }
        return listener;
    }

    MosquittoConf build() {
        Settings settings = global.build();
        return new MosquittoConf(
                settings,
                localOnly
                        ? List.of()
                        : listeners.stream().map(ListenerDraft::build).toList(),
                bridges.stream().map(BridgeDraft::build).toList(),
                log.build(settings),
                localOnly,
                perListenerSettings,
                plugins.stream().map(plugin -> plugin.at).collect(Collectors.toUnmodifiableSet()),
                List.copyOf(notices));
    }
}
