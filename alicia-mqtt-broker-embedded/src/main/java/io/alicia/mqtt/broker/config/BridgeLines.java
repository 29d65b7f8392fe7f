package io.alicia.mqtt.broker.config;

import io.alicia.mqtt.broker.config.ConfBridge.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@link BridgeOptions} that have a form of their own. */
final class BridgeLines {

    private static final int DEFAULT_PORT = 1883;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_RESTART_SECONDS = 3600;
    private static final int MAX_CAP_SECONDS = 7200;
    private static final List<String> CERTIFICATE =
            List.of("bridge_cafile", "bridge_capath", "bridge_certfile", "bridge_keyfile");
    private static final List<String> PSK = List.of("bridge_identity", "bridge_psk");

    private final ConfState state;
    private final Values values;

    BridgeLines(ConfState state, Values values) {
        this.state = state;
        this.values = values;
    }

    /** {@return whether the line was one of these} */
    boolean read(Line line, SettingsBuilder target) throws ValueRefused {
        switch (line.option().name()) {
            case "connection" -> connection(line);
            case "address" -> address(line, line.place().requireBridge(line.written()));
            case "topic" -> topic(line, line.place().requireBridge(line.written()));
            case "restart_timeout" -> restart(line, line.place().requireBridge(line.written()));
            case "bridge_tcp_keepalive" -> tcpKeepalive(line, line.place().requireBridge(line.written()));
            case "start_type" -> startType(line, target);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A bridge with both would leave open which of them protects it. */
    static void refuseMixedTls(Line line, SettingsBuilder target) throws ValueRefused {
        String name = line.option().name();
        if (CERTIFICATE.contains(name) && PSK.stream().anyMatch(target::isSet)) {
            throw new ValueRefused(
                    "Error: '" + name + "': Cannot use both certificate and psk encryption in a single bridge.");
        }
        if (PSK.contains(name) && CERTIFICATE.stream().anyMatch(target::isSet)) {
            throw new ValueRefused(
                    "Error: '" + name + "': Cannot use both certificate and identity encryption in a single bridge.");
        }
    }

    private void connection(Line line) throws ValueRefused {
        String name = values.word("connection", line.words());
        if (state.bridges.stream().anyMatch(bridge -> bridge.name.equals(name))) {
            throw new ValueRefused("Error: Duplicate bridge name '" + name + "'.");
        }
        BridgeDraft bridge = new BridgeDraft(line.at(), name);
        state.bridges.add(bridge);
        line.place().bridge = bridge;
    }

    private static void address(Line line, BridgeDraft bridge) throws ValueRefused {
        if (!bridge.addresses.isEmpty()) {
            throw new ValueRefused("Error: Invalid bridge configuration, 'address' only allowed once.");
        }
        for (String word = line.words().next();
                word != null && word.charAt(0) != '#';
                word = line.words().next()) {
            int colon = word.lastIndexOf(':');
            if (colon < 0) {
                bridge.addresses.add(new ConfBridge.Address(word, DEFAULT_PORT));
                continue;
            }
            int port = Values.leadingWhole(word.substring(colon + 1));
            if (port < 1 || port > MAX_PORT) {
                throw new ValueRefused("Error: Invalid bridge port value (" + port + ").");
            }
            bridge.addresses.add(new ConfBridge.Address(word.substring(0, colon), port));
        }
        if (bridge.addresses.isEmpty()) {
            throw new ValueRefused("Error: Empty address value in configuration.");
        }
    }

    private void topic(Line line, BridgeDraft bridge) throws ValueRefused {
        Words words = line.words();
        String pattern = pattern(words);
        String way = words.next();
        Direction direction = way == null ? Direction.OUT : direction(way);
        int qos = 0;
        String local = null;
        String remote = null;
        String qosWord = way == null ? null : words.next();
        if (qosWord != null && !qosWord.startsWith("#")) {
            qos = qos(qosWord, line);
            local = prefix(words);
            remote = local == null ? null : prefix(words);
        }
        bridge.topics.add(new ConfBridge.Topic(
                checkedPattern(pattern, local, remote),
                direction,
                qos,
                checkedPrefix("local", local),
                checkedPrefix("remote", remote),
                line.at()));
    }

    /** A pattern with blanks stands in quotes; two quotes alone are the empty pattern. */
    private String pattern(Words words) throws ValueRefused {
        String word = values.word("topic", words);
        if (!word.startsWith("\"") || word.startsWith("\"\"")) {
            return word;
        }
        String rest = words.restAfterQuote();
        if (rest == null) {
            String left = words.rest();
            throw new ValueRefused(
                    "Error: Missing closing quote in topic value (" + (left == null ? "" : Words.decode(left)) + ").");
        }
        return word.substring(1) + " " + rest;
    }

    private static Direction direction(String word) throws ValueRefused {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "out" -> Direction.OUT;
            case "in" -> Direction.IN;
            case "both" -> Direction.BOTH;
            default -> throw new ValueRefused("Error: Invalid bridge topic direction '" + word + "'.");
        };
    }

    private int qos(String word, Line line) throws ValueRefused {
        int qos = Values.leadingWhole(word) & 0xFF;
        if (qos > 2) {
            throw new ValueRefused("Error: Invalid bridge QoS level '" + word + "'.");
        }
        if (!word.equals(String.valueOf(qos))) {
            state.warning("Warning: '" + word + "' is not a QoS; " + qos + " is taken. (" + line.at() + ")");
        }
        return qos;
    }

    private static @Nullable String prefix(Words words) {
        String word = words.next();
        if (word == null || word.startsWith("#")) {
            words.rest();
            return null;
        }
        return word.equals("\"\"") ? "" : word;
    }

    private static String checkedPrefix(String side, @Nullable String prefix) throws ValueRefused {
        if (prefix == null) {
            return "";
        }
        if (prefix.indexOf('+') >= 0 || prefix.indexOf('#') >= 0) {
            throw new ValueRefused("Error: Invalid bridge topic " + side + " prefix '" + prefix + "'.");
        }
        return prefix;
    }

    private static String checkedPattern(String pattern, @Nullable String local, @Nullable String remote)
            throws ValueRefused {
        if (!pattern.equals("\"\"")) {
            return pattern;
        }
        if (local == null || local.isEmpty() || remote == null || remote.isEmpty()) {
            throw new ValueRefused("Error: Invalid bridge remapping.");
        }
        return "";
    }

    private void restart(Line line, BridgeDraft bridge) throws ValueRefused {
        int base = Values.leadingWhole(values.word("restart_timeout", line.words()));
        if (base < 1) {
            state.notice("restart_timeout interval too low, using 1 second.");
            base = 1;
        } else if (base > MAX_RESTART_SECONDS) {
            state.notice("restart_timeout interval too high, using 3600 seconds.");
            base = MAX_RESTART_SECONDS;
        }
        int cap = base;
        int stable = 0;
        String capWord = line.words().next();
        if (capWord != null) {
            cap = Values.leadingWhole(capWord);
            if (cap < base) {
                throw new ValueRefused("Error: backoff cap is lower than the base in restart_timeout.");
            }
            if (cap > MAX_CAP_SECONDS) {
                state.notice("backoff cap too high, using 7200 seconds.");
                cap = MAX_CAP_SECONDS;
            }
            String stableWord = line.words().next();
            stable = stableWord == null ? 0 : Values.leadingWhole(stableWord);
            if (stable < 0) {
                throw new ValueRefused("Error: stable connection period cannot be negative.");
            }
        }
        bridge.restart =
                new ConfBridge.Restart(Duration.ofSeconds(base), Duration.ofSeconds(cap), Duration.ofSeconds(stable));
    }

    private void tcpKeepalive(Line line, BridgeDraft bridge) throws ValueRefused {
        int idle = positive("idle", line);
        int interval = positive("interval", line);
        int counter = positive("counter", line);
        bridge.tcpKeepalive =
                new ConfBridge.TcpKeepalive(Duration.ofSeconds(idle), Duration.ofSeconds(interval), counter);
    }

    private int positive(String part, Line line) throws ValueRefused {
        int number = values.whole("bridge_tcp_keepalive_" + part, line.words());
        if (number <= 0) {
            throw new ValueRefused("Error: invalid TCP keepalive " + part + " value.");
        }
        return number;
    }

    private void startType(Line line, SettingsBuilder target) throws ValueRefused {
        String type = values.word("start_type", line.words());
        switch (type) {
            case "automatic", "lazy", "once" -> target.set("start_type", type, line.at());
            case "manual" -> throw new ValueRefused("Error: Manual start_type not supported.");
            default -> throw new ValueRefused("Error: Invalid 'start_type' value in configuration (" + type + ").");
        }
    }
}
