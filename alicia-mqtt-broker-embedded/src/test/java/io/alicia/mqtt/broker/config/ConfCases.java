package io.alicia.mqtt.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Configurations to compare with the real Mosquitto: every option with good and broken values, and combinations. */
final class ConfCases {

    private static final List<String> BRIDGE = List.of("connection a", "address 127.0.0.1:9", "topic x");

    /**
     * One configuration.
     *
     * @param lines of its file
     * @param option what it is about, or empty
     */
    record Case(List<String> lines, String option) {}

    private ConfCases() {}

    static List<Case> all(int port) {
        List<Case> cases = new ArrayList<>();
        for (Option option : Options.all()) {
            List<String> names = new ArrayList<>(List.of(option.name()));
            names.addAll(option.aliases());
            for (String name : names) {
                String written = name.replace("*", "alpha");
                for (String value : values(option)) {
                    add(cases, option, port, written + value);
                }
            }
        }
        for (String lines : combinations(port)) {
            cases.add(new Case(List.of(lines.split("\n", -1)), ""));
        }
        return cases;
    }

    private static void add(List<Case> cases, Option option, int port, String line) {
        List<String> listener = List.of("listener " + port + " 127.0.0.1");
        switch (option.scope()) {
            case GLOBAL, SECURITY -> {
                cases.add(with(option, listener, line));
                if (option.scope() == Scope.SECURITY) {
                    cases.add(with(
                            option, List.of("per_listener_settings true", "listener " + port + " 127.0.0.1"), line));
                }
            }
            case LISTENER, DEFINED_LISTENER, EXPLICIT_LISTENER -> {
                cases.add(with(option, listener, line));
                cases.add(with(option, List.of("port " + port), line));
            }
            case BRIDGE -> {
                cases.add(with(option, listener, line));
                List<String> bridge = new ArrayList<>(listener);
                bridge.addAll(BRIDGE);
                cases.add(with(option, bridge, line));
            }
            case PLUGIN -> cases.add(with(option, listener, line));
        }
    }

    private static Case with(Option option, List<String> before, String line) {
        List<String> lines = new ArrayList<>(before);
        lines.add(line);
        return new Case(lines, option.name());
    }

    private static List<String> values(Option option) {
        Rule rule = option.rule();
        if (rule instanceof Rule.Flag) {
            return List.of("", " ", " true", " false", " 1", " 0", " yes", " TRUE", "  true", " true more");
        }
        if (rule instanceof Rule.Whole whole) {
            return List.of("", " 1", " 0", " -1", " 12", " " + whole.max(), " 65536", " 70000", " -70000");
        }
        if (rule instanceof Rule.Text) {
            return List.of("", " ", "   ", " a", " a b", " a\tb", " \u0080", "\ta");
        }
        if (rule instanceof Rule.Choice choice) {
            List<String> values = new ArrayList<>(
                    List.of("", " bogus", " " + choice.words().get(0).toUpperCase(Locale.ROOT)));
            choice.words().forEach(word -> values.add(" " + word));
            return values;
        }
        return special(option.name());
    }

    private static List<String> special(String option) {
        return switch (option) {
            case "listener" -> List.of("", " -1", " 65536", " 0");
            case "port" -> List.of("", " 0", " -1", " 65536");
            case "bind_address" -> List.of("", " no.such.host.invalid");
            case "log_dest" ->
                List.of("", " bogus", " none", " stderr", " stdout", " topic", " syslog", " file", " file ");
            case "log_type" ->
                List.of("", " bogus", " none", " all", " debug", " error", " internal", " subscribe", " Error");
            case "persistent_client_expiration" ->
                List.of(" 1h", " 1d", " 2w", " 3m", " 1y", " 0d", " -1d", " d", " 5", " 5x", " 1 d");
            case "restart_timeout" -> List.of("", " 5", " 0", " 5 4", " 5 10");
            case "start_type" -> List.of("", " automatic", " once", " manual", " bogus");
            case "topic" ->
                List.of(
                        "",
                        " t",
                        " t out",
                        " t OUT 1",
                        " t sideways",
                        " t in 3",
                        " t both 2 l/ r/",
                        " t both 2 \"\" r/",
                        " t both 2 l/+ r/",
                        " t both 2 l/ r/#",
                        " \"\"",
                        " \"\" out 0 l",
                        " \"\" out 0 l r",
                        " # out 0 a/ b/");
            case "per_listener_settings" -> List.of("", " false", " maybe");
            case "memory_limit" -> List.of("", " 0", " -1", " 1000000000");
            case "mount_point" -> List.of("", " m/", " m/+/", " #");
            case "tls_keyform" -> List.of("", " pem");
            case "address" -> List.of("", " 127.0.0.1:70000");
            case "connection" -> List.of("");
            case "include_dir" -> List.of("", " /nonexistent/d");
            case "protocol" -> List.of(" mqtt", " bogus");
            case "store_clean_interval" -> List.of("");
            default -> List.of("", " a");
        };
    }

    private static List<String> combinations(int port) {
        String listener = "listener " + port + " 127.0.0.1\n";
        return List.of(
                listener + "# comment",
                listener + " # not a comment",
                listener + "\tallow_anonymous true",
                listener + "   allow_anonymous true",
                listener + "\r\n\r",
                listener + "pid_file a\npid_file b",
                listener + "log_timestamp_format a\nlog_timestamp_format b",
                listener + "log_dest file /tmp/x\nlog_dest file /tmp/y",
                listener + "allow_anonymous true\nper_listener_settings true",
                listener + "allow_anonymous true\nper_listener_settings false",
                listener + "connection a",
                listener + "connection a\naddress 127.0.0.1:9",
                listener + "connection a\ntopic t",
                listener + "connection a\nconnection a",
                listener + "connection a\naddress 127.0.0.1:9\naddress 127.0.0.1:9",
                listener + "connection a\naddress 127.0.0.1:9\ntopic t\nbridge_psk 12",
                listener + "connection a\naddress 127.0.0.1:9\ntopic t\nbridge_identity i",
                listener + "connection a\naddress 127.0.0.1:9\ntopic t\nbridge_cafile c\nbridge_psk 12",
                listener + "connection a\naddress 127.0.0.1:9\ntopic t\nbridge_psk 12\nbridge_cafile c",
                listener + "connection a\naddress 127.0.0.1:9\ntopic t\nlocal_clientid same\n"
                        + "connection b\naddress 127.0.0.1:9\ntopic t\nlocal_clientid same",
                listener + "psk_hint h\ncertfile c",
                listener + "psk_hint h\ncafile c",
                "listener 0 /nonexistent/socket",
                "listener " + port + " # comment",
                "allow_anonymous true\nmax_queued_messages 5\npersistence false",
                "");
    }
}
