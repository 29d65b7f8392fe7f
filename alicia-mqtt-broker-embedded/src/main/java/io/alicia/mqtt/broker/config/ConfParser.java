package io.alicia.mqtt.broker.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a configuration from its main file, line by line as Mosquitto does, so that the first error is the same. */
final class ConfParser {

    private final ConfState state = new ConfState();
    private final Values values = new Values(state);
    private final GeneralLines generalLines = new GeneralLines(state, values);
    private final ListenerLines listenerLines = new ListenerLines(state, values);
    private final BridgeLines bridgeLines = new BridgeLines(state, values);
    private final PluginLines pluginLines = new PluginLines(state, values);

    MosquittoConf parse(String file) throws ConfRefusedException {
        try {
            readFile(file, true);
            new ConfChecks(state).check();
            return state.build();
        } catch (ValueRefused e) {
            if (e.getMessage() != null) {
                state.error(e.getMessage());
            }
            throw new ConfRefusedException(state.notices);
        }
    }

    private void readFile(String file, boolean main) throws ValueRefused {
        List<String> lines = ConfFiles.lines(file);
        Place place = new Place();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            Location at = new Location(file, number);
            try {
                readLine(line, at, place, main);
            } catch (ValueRefused e) {
                state.error(String.valueOf(e.getMessage()));
                throw new ValueRefused(main ? "Error found at " + at + "." : "Error found at '" + at + "'.");
            }
        }
    }

    private void readLine(String text, Location at, Place place, boolean main) throws ValueRefused {
        Words words = new Words(text);
        String name = words.next();
        if (name == null) {
            return;
        }
        Option option = Options.named(name);
        if (option == null) {
            throw new ValueRefused("Error: Unknown configuration variable '" + name + "'.");
        }
        if (option.name().equals("include_dir")) {
            include(words, main);
            return;
        }
        Line line = new Line(option, name, words, at, place);
        SettingsBuilder target = target(line);
        announce(line);
        read(line, target);
        if (option.treatment() == Treatment.REFUSED) {
            state.refusals.add(line);
        }
    }

    private void include(Words words, boolean main) throws ValueRefused {
        if (!main) {
            throw new ValueRefused("Error: The include_dir option is only valid in the main configuration file.");
        }
        for (String file : ConfFiles.included(values.text("include_dir", words))) {
            state.information("Loading config file '" + file + "'");
            readFile(file, false);
        }
    }

    /** {@return where the value belongs, or null where the line has to say that itself} */
    private @Nullable SettingsBuilder target(Line line) throws ValueRefused {
        Place place = line.place();
        String option = line.written();
        return switch (line.option().scope()) {
            case GLOBAL -> state.global;
            case SECURITY -> accessTarget(place, option);
            case LISTENER -> {
                ListenerDraft listener = place.listener;
                if (listener == null) {
                    listener = state.defaultListener(option, line.at());
                    place.listener = listener;
                }
                yield listener.settings;
            }
            case DEFINED_LISTENER -> place.requireListener(option).settings;
            case EXPLICIT_LISTENER -> {
                ListenerDraft listener = place.requireListener(option);
                if (listener.isDefault) {
                    place.listener = null;
                }
                yield place.requireListener(option).settings;
            }
            case BRIDGE -> place.requireBridge(option).settings;
            case PLUGIN -> null;
        };
    }

    private SettingsBuilder accessTarget(Place place, String option) throws ValueRefused {
        state.accessTouched = true;
        return state.perListenerSettings ? place.requireListener(option).settings : state.global;
    }

    private void announce(Line line) {
        Option option = line.option();
        switch (option.treatment()) {
            case DEPRECATED -> {
                if (option.name().equals("message_size_limit")) {
                    state.notice("Note: It is recommended to replace `message_size_limit` with `max_packet_size`. ("
                            + line.at() + ")");
                } else {
                    state.notice("The '" + line.written()
                            + "' option is now deprecated and will be removed in version 3.0. " + option.advice()
                            + " (" + line.at() + ")");
                }
            }
            case REMOVED ->
                state.warning("Warning: The '" + line.written() + "' option is no longer available. " + option.advice()
                        + " (" + line.at() + ")");
            case NO_EFFECT -> {
                if (!option.name().equals("user")) {
                    state.warning("Warning: The '" + line.written() + "' option has no effect here. " + option.advice()
                            + " (" + line.at() + ")");
                }
            }
            case HONOURED, REFUSED -> {}
        }
    }

    private void read(Line line, @Nullable SettingsBuilder target) throws ValueRefused {
        Rule rule = line.option().rule();
        if (target == null) {
            pluginLines.read(line);
        } else if (rule instanceof Rule.Flag) {
            put(line, target, values.flag(line.label(), line.words()));
        } else if (rule instanceof Rule.Whole whole) {
            put(line, target, values.whole(line.label(), line.words(), whole));
        } else if (rule instanceof Rule.Choice choice) {
            put(line, target, values.choice(line.label(), line.words(), choice));
        } else if (rule instanceof Rule.Text text) {
            putText(line, target, text);
        } else {
            readSpecial(line, target);
        }
    }

    private void readSpecial(Line line, SettingsBuilder target) throws ValueRefused {
        boolean known = generalLines.read(line, target)
                || listenerLines.read(line, target)
                || bridgeLines.read(line, target)
                || pluginLines.bind(line, target);
        if (!known && line.option().treatment() != Treatment.REMOVED) {
            throw new IllegalStateException("no reader for " + line.option().name());
        }
    }

    private void putText(Line line, SettingsBuilder target, Rule.Text rule) throws ValueRefused {
        String name = line.option().name();
        if (!rule.lastWins() && target.isSet(name)) {
            throw new ValueRefused("Error: Duplicate '" + line.label() + "' value in configuration.");
        }
        String text = values.text(line.label(), line.words());
        if (text.length() > rule.maxLength()) {
            throw new ValueRefused("Error: '" + line.written() + "' length must be <= " + rule.maxLength() + ".");
        }
        put(line, target, text);
        if (name.equals("user")) {
            generalLines.user(line, text);
        }
        if (name.startsWith("bridge_")) {
            BridgeLines.refuseMixedTls(line, target);
        } else {
            ListenerLines.refuseMixedTls(line, target);
        }
    }

    private void put(Line line, SettingsBuilder target, Object value) {
        String name = line.option().name();
        Location before = target.at(name);
        if (before != null && !value.equals(target.build().value(name))) {
            state.warning("Warning: '" + name + "' at " + before + " is replaced by the one at " + line.at() + ".");
        }
        target.set(name, value, line.at());
        if (!(line.option().rule() instanceof Rule.Text) && line.words().hasMore()) {
            state.warning(
                    "Warning: The text after the value of '" + line.written() + "' is ignored. (" + line.at() + ")");
        }
    }
}
