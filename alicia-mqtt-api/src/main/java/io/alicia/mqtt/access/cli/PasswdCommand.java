package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.AccessText;
import io.alicia.mqtt.access.PasswordFileEditor;
import io.alicia.mqtt.access.PasswordHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl passwd}. */
@Command(
        name = "passwd",
        description = {
            "Changes the accounts of a password file; comments and the other lines stay as they are.",
            "Lines of other accounts that no broker can use are pointed at; `passwd change` writes one anew."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class PasswdCommand {

    private static final int MOST_PROBLEMS = 10;

    /** Other files that have a colon have a blank before it. */
    private static final Pattern ACCOUNT_LINE = Pattern.compile("(?s)[^\\s:]+:.*|[^:]+:\\s*(\\$|SCRAM-).*");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    PasswdCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = "Adds an account. A file that is not there is made.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Parameters(paramLabel = "ACCOUNT", description = "The account.") String account,
            @Mixin PasswordOptions options,
            @Mixin JsonOption output)
            throws IOException {
        requireNoAccount(readOrNew(file), account, file);
        PasswordHash hash = hash(options.hash(), options.password(terminal, account));
        write(
                file,
                passwords -> {
                    requireNoAccount(passwords, account, file);
                    return with(passwords, account, hash);
                },
                Map.of(account, "added"),
                output);
        return 0;
    }

    @Command(name = "change", description = "Gives an account another password.", mixinStandardHelpOptions = true)
    int change(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Parameters(paramLabel = "ACCOUNT", description = "The account.") String account,
            @Mixin PasswordOptions options,
            @Mixin JsonOption output)
            throws IOException {
        requireAccount(read(file), account, file);
        PasswordHash hash = hash(options.hash(), options.password(terminal, account));
        write(
                file,
                passwords -> {
                    requireAccount(passwords, account, file);
                    return with(passwords, account, hash);
                },
                Map.of(account, "changed"),
                output);
        return 0;
    }

    @Command(name = "remove", description = "Removes an account.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Parameters(paramLabel = "ACCOUNT", description = "The account.") String account,
            @Mixin JsonOption output)
            throws IOException {
        requireAccount(read(file), account, file);
        write(
                file,
                passwords -> {
                    requireAccount(passwords, account, file);
                    return passwords.without(account);
                },
                Map.of(account, "removed"),
                output);
        return 0;
    }

    @Command(
            name = "batch",
            description = {
                "Adds or changes many accounts: the standard input has ACCOUNT:PASSWORD in each line.",
                "All of them are changed, or none."
            },
            mixinStandardHelpOptions = true)
    int batch(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Mixin HashOptions options,
            @Mixin JsonOption output)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = terminal.readLine(); line != null; line = terminal.readLine()) {
            lines.add(line);
        }
        PasswordFileEditor before = readOrNew(file);
        Map<String, Integer> given = new HashMap<>();
        Map<String, String> changes = new LinkedHashMap<>();
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                continue;
            }
            if (colon < 1 || colon == line.length() - 1) {
                throw new CommandFailure(
                        Main.UNUSABLE, "line " + (i + 1) + " of the standard input: expected ACCOUNT:PASSWORD");
            }
            String account = line.substring(0, colon);
            Integer first = given.putIfAbsent(account, i + 1);
            if (first != null) {
                throw new CommandFailure(
                        Main.UNUSABLE,
                        "line " + (i + 1) + " of the standard input: expected each account once, found " + account
                                + " again after line " + first);
            }
            changes.put(account, before.contains(account) ? "changed" : "added");
            // A name that cannot be written is told before the next password is hashed.
            PasswordHash hash = hash(options, line.substring(colon + 1));
            before = with(before, account, hash);
            hashes.put(account, hash);
        }
        if (changes.isEmpty()) {
            throw new CommandFailure(
                    Main.UNUSABLE, "expected ACCOUNT:PASSWORD in the lines of the standard input, found no account");
        }
        write(
                file,
                passwords -> {
                    PasswordFileEditor changed = passwords;
                    for (Map.Entry<String, PasswordHash> each : hashes.entrySet()) {
                        changed = changed.with(each.getKey(), each.getValue());
                    }
                    return changed;
                },
                changes,
                output);
        return 0;
    }

    private static PasswordFileEditor readOrNew(Path file) {
        if (AccessSource.isStandardInput(file)) {
            throw new CommandFailure(Main.UNUSABLE, "expected a file, which is written, and not -; ./- has that name");
        }
        requireFile(file);
        return Files.exists(file) ? read(file) : PasswordFileEditor.parse(file.toString(), "");
    }

    /** Reading a pipe would wait, and what is read could not be written back. */
    private static void requireFile(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new CommandFailure(
                    Main.UNREACHABLE, file + ": it is a device or a pipe, and no file that could be replaced");
        }
    }

    private static PasswordFileEditor read(Path file) {
        requireFile(file);
        AccessText text = AccessText.read(file);
        text.kind().filter(kind -> kind != AccessText.Kind.PASSWORD_FILE).ifPresent(kind -> {
            throw new CommandFailure(
                    Main.UNUSABLE,
                    file + ": expected a password file, found "
                            + (kind == AccessText.Kind.ACL_FILE ? "an ACL file" : "dynamic-security JSON"));
        });
        requireSomeAccount(text);
        return PasswordFileEditor.parse(text.name(), text.text());
    }

    /** A line is broken at times, but not every one: then it is a file of another kind, such as mosquitto.conf. */
    private static void requireSomeAccount(AccessText text) {
        List<String> lines = text.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (!lines.isEmpty()
                && lines.stream().noneMatch(line -> ACCOUNT_LINE.matcher(line).matches())) {
            throw new CommandFailure(
                    Main.UNUSABLE,
                    text.name()
                            + ": expected a password file, found no line with an account and the hash of its password");
        }
    }

    private static void requireNoAccount(PasswordFileEditor passwords, String account, Path file) {
        if (passwords.contains(account)) {
            throw new CommandFailure(
                    Main.UNUSABLE, file + " has an account " + account + " already; `passwd change` changes it");
        }
    }

    private static void requireAccount(PasswordFileEditor passwords, String account, Path file) {
        if (!passwords.contains(account)) {
            throw new CommandFailure(Main.UNUSABLE, file + " has no account " + account);
        }
    }

    /** With the accounts that changed and how. */
    private void write(
            Path file, UnaryOperator<PasswordFileEditor> change, Map<String, String> changes, JsonOption output)
            throws IOException {
        NewSecret secret = NewSecret.before(file);
        PasswordFileEditor passwords = PasswordFileEditor.update(file, change);
        PrintWriter err = spec.commandLine().getErr();
        secret.written(null, false, err);
        List<AccessFileException> problems = passwords.problems();
        if (output.json()) {
            PrintWriter out = spec.commandLine().getOut();
            changes.forEach((account, how) -> out.println(JsonOf.account(file, account, how)));
            problems.forEach(problem -> out.println(JsonOf.problem(problem)));
            return;
        }
        problems.stream()
                .limit(MOST_PROBLEMS)
                .forEach(problem -> err.println("alicia-acl: warning: " + problem.getMessage()));
        if (!problems.isEmpty()) {
            err.println("alicia-acl: warning: written, but a broker refuses " + file + " for "
                    + (problems.size() == 1 ? "this line" : "these " + problems.size() + " lines"));
        }
    }

    private static PasswordHash hash(HashOptions options, String password) {
        try {
            return options.hash(password);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private PasswordFileEditor with(PasswordFileEditor passwords, String account, PasswordHash hash) {
        String shown = Printable.of(account);
        if (!shown.equals(account) && !passwords.contains(account)) {
            spec.commandLine()
                    .getErr()
                    .println("alicia-acl: warning: the name of the account " + shown
                            + " has a character that cannot be seen");
        }
        try {
            return passwords.with(account, hash);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Where a password comes from: a person at the terminal, unless told otherwise. */
    static final class PasswordOptions {

        @Option(names = "--stdin", description = "Read the password from the first line of the standard input.")
        private boolean stdin;

        @Option(names = "--env", paramLabel = "NAME", description = "Take the password from an environment variable.")
        private @Nullable String variable;

        @Option(
                names = "--visible-password",
                paramLabel = "PASSWORD",
                description = "The password itself: every user of this machine can see it while the command runs.")
        private @Nullable String visible;

        @Mixin
        private HashOptions hash = new HashOptions();

        HashOptions hash() {
            return hash;
        }

        String password(Terminal terminal, String account) {
            long sources = Stream.of(stdin, variable != null, visible != null)
                    .filter(given -> given)
                    .count();
            if (sources > 1) {
                throw new CommandFailure(
                        Main.UNUSABLE, "expected one of --stdin, --env and --visible-password, found " + sources);
            }
            String password = source(terminal, account);
            if (password == null || password.isEmpty()) {
                throw new CommandFailure(Main.UNUSABLE, "expected a password for " + account + ", found none");
            }
            if (Main.isMangled(password)) {
                throw new CommandFailure(Main.UNUSABLE, "the password for " + account + " " + Main.MANGLED);
            }
            return password;
        }

        private @Nullable String source(Terminal terminal, String account) {
            if (visible != null) {
                return visible;
            }
            if (variable != null) {
                return terminal.environment(variable);
            }
            return stdin ? terminal.readLine() : terminal.askPassword(account);
        }
    }
}
