package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alicia-acl passwd}. */
@Command(
        name = "passwd",
        description = "Changes the accounts of a password file; comments and the other lines stay as they are.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class PasswdCommand {

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
            @Mixin PasswordOptions options)
            throws IOException {
        PasswordFile passwords = Files.exists(file) ? PasswordFile.read(file) : PasswordFile.parse(file.toString(), "");
        if (passwords.hashes().containsKey(account)) {
            throw new CommandFailure(
                    Main.UNUSABLE, file + " has an account " + account + " already; `passwd change` changes it");
        }
        write(passwords, account, options.password(terminal, account), options, file);
        return 0;
    }

    @Command(name = "change", description = "Gives an account another password.", mixinStandardHelpOptions = true)
    int change(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Parameters(paramLabel = "ACCOUNT", description = "The account.") String account,
            @Mixin PasswordOptions options)
            throws IOException {
        PasswordFile passwords = PasswordFile.read(file);
        requireAccount(passwords, account, file);
        write(passwords, account, options.password(terminal, account), options, file);
        return 0;
    }

    @Command(name = "remove", description = "Removes an account.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file,
            @Parameters(paramLabel = "ACCOUNT", description = "The account.") String account)
            throws IOException {
        PasswordFile passwords = PasswordFile.read(file);
        requireAccount(passwords, account, file);
        passwords.without(account).write(file);
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
            @Parameters(paramLabel = "FILE", description = "The password file.") Path file, @Mixin HashOptions options)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = terminal.readLine(); line != null; line = terminal.readLine()) {
            lines.add(line);
        }
        PasswordFile passwords = Files.exists(file) ? PasswordFile.read(file) : PasswordFile.parse(file.toString(), "");
        Map<String, Integer> given = new HashMap<>();
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
            passwords = with(passwords, account, line.substring(colon + 1), options);
        }
        passwords.write(file);
        return 0;
    }

    private static void requireAccount(PasswordFile passwords, String account, Path file) {
        if (!passwords.hashes().containsKey(account)) {
            throw new CommandFailure(Main.UNUSABLE, file + " has no account " + account);
        }
    }

    private static void write(
            PasswordFile passwords, String account, String password, PasswordOptions options, Path file)
            throws IOException {
        with(passwords, account, password, options.hash()).write(file);
    }

    private static PasswordFile with(PasswordFile passwords, String account, String password, HashOptions options) {
        try {
            return passwords.with(account, options.hash(password));
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
            String password = source(terminal, account);
            if (password == null || password.isEmpty()) {
                throw new CommandFailure(Main.UNUSABLE, "expected a password for " + account + ", found none");
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
