package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AccessText;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl matrix}. */
@Command(
        name = "matrix",
        description = {
            "Accounts × topics as a table: who may publish (P), receive (R), both (PR) or neither (-).",
            "An account that cannot log in, as dynamic-security JSON or the password file says, has a * behind its name, and",
            "the reason below the table."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class MatrixCommand implements Callable<Integer> {

    /** One topic of each kind that a house has. */
    private static final List<String> HOUSE = List.of(
            "alicia/sensors/hall",
            "alicia/sensors/hall/temperature",
            "alicia/sensors/hall/status",
            "alicia/devices/bulb/status",
            "alicia/devices/bulb/availability",
            "alicia/devices/bulb/command",
            "alicia/devices/bulb/control",
            "alicia/devices/bulb/response",
            "alicia/devices/sonos/kitchen/status",
            "alicia/devices/sonos/kitchen/command",
            "alicia/devices/speakers/announce",
            "alicia/commands/bulb",
            "alicia/commands/bulb/response",
            "alicia/commands/sonos/volume",
            "alicia/voice/command",
            "alicia/voice/response",
            "alicia/voice/stt/request",
            "alicia/tts/announce",
            "alicia/tts/status",
            "alicia/system/discovery/register",
            "alicia/system/health/check",
            "homeassistant/sensor/hall/config",
            "homeassistant/sensor/hall/temperature/config",
            "homeassistant/status",
            "$SYS/broker/uptime");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    /** The accounts of the password file and what is kept of their passwords; null without one. */
    private @Nullable Map<String, PasswordHash> known;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "An ACL file or dynamic-security JSON; without it the standard policy of a house.")
    private @Nullable Path file;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "An account to show; may be repeated. Without it those that the files name.")
    private List<String> users = new ArrayList<>();

    @Option(
            names = {"-p", "--passwords"},
            paramLabel = "FILE",
            description = "The password file: its accounts are shown as well, also those that have patterns alone.")
    private @Nullable Path passwords;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "A topic to show; may be repeated. Without it one topic of each kind that a house has.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-i", "--client"},
            paramLabel = "CLIENT",
            description = "The client identifier for pattern rules; ${DEFAULT-VALUE} unless given.",
            defaultValue = "hall")
    private String client = "hall";

    @Option(names = "--anonymous", description = "With a column for clients without an account.")
    private boolean anonymous;

    @Mixin
    private JsonOption output = new JsonOption();

    MatrixCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        AccessSource.Read read =
                AccessSource.read(file, terminal, spec.commandLine().getErr());
        AccessPolicy policy = read.policy();
        if (passwords != null) {
            AccessText text = AccessSource.text(passwords, terminal);
            known = PasswordFile.parse(text.name(), text.text()).hashes();
        }
        Set<String> named = new LinkedHashSet<>(users.isEmpty() ? policy.accounts() : users);
        if (users.isEmpty() && known != null) {
            named.addAll(known.keySet());
        }
        List<@Nullable String> accounts = new ArrayList<>(named);
        if (anonymous) {
            accounts.add(null);
        }
        if (accounts.isEmpty()) {
            throw new CommandFailure(
                    Main.UNUSABLE,
                    "no account is named: give some with -u USER or -p PASSWORD_FILE, or --anonymous for clients without"
                            + " one");
        }
        List<TopicName> rows = (topics.isEmpty() ? HOUSE : topics)
                .stream().map(MatrixCommand::topic).toList();
        if (output.json()) {
            printJson(read, accounts, rows);
        } else {
            printTable(read, accounts, rows);
        }
        return 0;
    }

    /** Why {@code account} cannot be used by the client, as far as the files say that. */
    private Optional<String> hindrance(AccessSource.Read read, @Nullable String account) {
        if (account != null && known != null && read.roles() == null) {
            PasswordHash hash = known.get(account);
            if (hash == null) {
                return Optional.of("it is not in " + passwords);
            }
            if (hash.isPlaceholder()) {
                return Optional.of("no password gives its hash in " + passwords);
            }
        }
        return read.hindrance(account, client);
    }

    private static TopicName topic(String text) {
        try {
            return TopicName.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private String cell(AccessPolicy policy, @Nullable String account, TopicName topic) {
        boolean publish = policy.decide(account, client, Access.PUBLISH, topic).allowed();
        boolean receive = policy.decide(account, client, Access.RECEIVE, topic).allowed();
        String cell = (publish ? "P" : "") + (receive ? "R" : "");
        return cell.isEmpty() ? "-" : cell;
    }

    private static String name(@Nullable String account) {
        return account == null ? "(anonymous)" : account;
    }

    private String column(AccessSource.Read read, @Nullable String account) {
        return Printable.of(name(account)) + (hindrance(read, account).isPresent() ? "*" : "");
    }

    private void printTable(AccessSource.Read read, List<@Nullable String> accounts, List<TopicName> rows) {
        PrintWriter out = spec.commandLine().getOut();
        int first = rows.stream()
                .mapToInt(topic -> Printable.of(topic.value()).length())
                .max()
                .orElse(0);
        StringBuilder header = new StringBuilder(" ".repeat(first));
        accounts.forEach(account -> header.append("  ").append(column(read, account)));
        out.println(header);
        for (TopicName topic : rows) {
            String shown = Printable.of(topic.value());
            StringBuilder line = new StringBuilder(shown);
            line.append(" ".repeat(first - shown.length()));
            for (String account : accounts) {
                String cell = cell(read.policy(), account, topic);
                line.append("  ")
                        .append(coloured(cell))
                        .append(" ".repeat(Math.max(0, column(read, account).length() - cell.length())));
            }
            out.println(line.toString().stripTrailing());
        }
        accounts.forEach(account -> hindrance(read, account)
                .ifPresent(reason ->
                        out.println("* " + Printable.of(name(account)) + " cannot log in: " + Printable.of(reason))));
    }

    private String coloured(String cell) {
        return switch (cell) {
            case "-" -> cell;
            case "R" -> terminal.green(cell);
            default -> terminal.yellow(cell);
        };
    }

    private void printJson(AccessSource.Read read, List<@Nullable String> accounts, List<TopicName> rows) {
        PrintWriter out = spec.commandLine().getOut();
        JsonObject.Builder hindrances = JsonObject.builder();
        accounts.forEach(
                account -> hindrance(read, account).ifPresent(reason -> hindrances.put(name(account), reason)));
        JsonObject cannotLogIn = hindrances.build();
        for (TopicName topic : rows) {
            JsonObject.Builder cells = JsonObject.builder();
            for (String account : accounts) {
                cells.put(name(account), cell(read.policy(), account, topic));
            }
            JsonObject.Builder row =
                    JsonObject.builder().put("topic", topic.value()).put("accounts", cells.build());
            if (!cannotLogIn.equals(JsonObject.builder().build())) {
                row.put("cannotLogIn", cannotLogIn);
            }
            out.println(row.build());
        }
    }
}
