package io.alicia.mqtt.broker.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads the lines of {@link ListenerOptions} that have a form of their own. */
final class ListenerLines {

    private static final int MAX_PORT = 65_535;

    private final ConfState state;
    private final Values values;

    ListenerLines(ConfState state, Values values) {
        this.state = state;
        this.values = values;
    }

    /** {@return whether the line was one of these} */
    boolean read(Line line, SettingsBuilder target) throws ValueRefused {
        switch (line.option().name()) {
            case "listener" -> listener(line);
            case "port" -> port(line);
            case "bind_address" -> bindAddress(line);
            case "accept_protocol_versions" -> versions(line, target);
            case "mount_point" -> mountPoint(line, target);
            case "websockets_origin" ->
                target.add("websockets_origin", values.text("websockets_origin", line.words()), line.at());
            case "protocol" -> protocol(line, target);
            case "tls_keyform" -> keyForm(line, target);
            case "dhparamfile" -> line.words().rest();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A listener with both would leave open which of them protects it. */
    static void refuseMixedTls(Line line, SettingsBuilder target) throws ValueRefused {
        boolean certificate =
                line.option().name().equals("certfile") || line.option().name().equals("cafile");
        if (certificate && target.isSet("psk_hint")) {
            throw new ValueRefused("Error: Cannot use both certificate and psk encryption in a single listener.");
        }
    }

    private void listener(Line line) throws ValueRefused {
        state.localOnly = false;
        int port = values.whole("listener port", line.words());
        if (port < 0 || port > MAX_PORT) {
            throw invalidPort(port);
        }
        String address = line.words().next();
        if (address != null && address.startsWith("#")) {
            address = null;
        }
        if (port == 0 && address == null) {
            throw new ValueRefused("Error: A listener with port 0 must provide a Unix socket path.");
        }
        ListenerDraft listener = new ListenerDraft(line.at(), port, false);
        if (port == 0) {
            listener.unixSocketPath = address;
        } else {
            listener.host = address;
        }
        state.listeners.add(listener);
        line.place().listener = listener;
    }

    private void port(Line line) throws ValueRefused {
        state.localOnly = false;
        ListenerDraft listener = state.defaultListener("port", line.at());
        line.place().listener = listener;
        if (listener.settings.isSet("port")) {
            state.warning("Warning: Default listener port specified multiple times. Only the latest will be used. ("
                    + line.at() + ")");
        }
        int port = values.whole("port", line.words());
        if (port < 1 || port > MAX_PORT) {
            throw invalidPort(port);
        }
        listener.port = port;
        listener.settings.set("port", port, line.at());
    }

    private void bindAddress(Line line) throws ValueRefused {
        state.localOnly = false;
        ListenerDraft listener = state.defaultListener("bind_address", line.at());
        line.place().listener = listener;
        if (listener.host != null) {
            throw new ValueRefused("Error: Duplicate 'default listener bind_address' value in configuration.");
        }
        String host = values.text("default listener bind_address", line.words());
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ValueRefused("Error: Error resolving bind_address: Name or service not known.");
        }
        listener.host = host;
        listener.settings.set("bind_address", host, line.at());
    }

    private void versions(Line line, SettingsBuilder target) throws ValueRefused {
        String rest = line.words().rest();
        String list = rest == null
                ? ""
                : Words.decode(rest).replace(',', ' ').replace('\t', ' ').strip();
        if (list.isEmpty()) {
            throw Values.empty("accept_protocol_versions");
        }
        StringBuilder accepted = new StringBuilder();
        for (String version : list.split(" +", -1)) {
            if (version.equals("3") || version.equals("4") || version.equals("5")) {
                accepted.append(accepted.isEmpty() ? "" : ",").append(version);
            } else {
                state.warning("Warning: '" + version + "' is not a version that 'accept_protocol_versions' knows;"
                        + " those are 3, 4 and 5. (" + line.at() + ")");
            }
        }
        target.set("accept_protocol_versions", accepted.toString(), line.at());
    }

    private void mountPoint(Line line, SettingsBuilder target) throws ValueRefused {
        String prefix = values.text("mount_point", line.words());
        if (prefix.indexOf('+') >= 0 || prefix.indexOf('#') >= 0) {
            throw new ValueRefused(
                    "Error: Invalid 'mount_point' value (" + prefix + "). Does it contain a wildcard character?");
        }
        target.set("mount_point", prefix, line.at());
    }

    private void protocol(Line line, SettingsBuilder target) throws ValueRefused {
        String protocol = values.word("protocol", line.words());
        switch (protocol) {
            case "mqtt", "websockets" -> target.set("protocol", protocol, line.at());
            case "http_api" ->
                throw new ValueRefused("Error: HTTP API support not available. Remove the listener with 'protocol"
                        + " http_api'; what the broker does is told by the topics below $SYS/broker.");
            default -> throw new ValueRefused("Error: Invalid 'protocol' value (" + protocol + ").");
        }
    }

    private void keyForm(Line line, SettingsBuilder target) throws ValueRefused {
        String form = values.text("tls_keyform", line.words());
        target.set("tls_keyform", form, line.at());
        if (form.equals("engine")) {
            state.refusals.add(line);
        } else if (!form.equals("pem")) {
            state.warning("Warning: '" + form + "' is not a form that 'tls_keyform' knows; pem is taken. (" + line.at()
                    + ")");
        }
    }

    private static ValueRefused invalidPort(int port) {
        return new ValueRefused("Error: Invalid 'port' value (" + port + ").");
    }
}
