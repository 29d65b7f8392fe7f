package io.alicia.mqtt.client.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to get into a server, and for how long to listen. A password is never on the command line, where all can see it. */
final class ServerOptions {

    /** Where the password is if no file is named. */
    static final String PASSWORD_VARIABLE = "ALICIA_HA_PASSWORD";

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "The account at the server; its password is in --password-file, in the environment variable "
                    + PASSWORD_VARIABLE + ", or asked for at the terminal.")
    private @Nullable String account;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the account's password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "At a server: ends after so many seconds without a message; ${DEFAULT-VALUE} unless given.")
    private double settleSeconds = 2;

    @Option(
            names = {"-f", "--follow"},
            description =
                    "At a server: goes on with what is announced from now on, until it is interrupted; then says how many messages"
                            + " there were, with the same exit code as always.")
    private boolean follow;

    /**
     * Refuses what cannot be meant, before anything is done.
     *
     * @param server whether there is a server
     */
    void require(boolean server) {
        settle();
        String idle =
                account != null ? "--account" : passwordFile != null ? "--password-file" : follow ? "--follow" : null;
        if (!server && idle != null) {
            throw new CommandFailure(Main.UNUSABLE, idle + " is for a server, such as mqtt://house, not for a file");
        }
    }

    @Nullable
    String account() {
        return account;
    }

    boolean follow() {
        return follow;
    }

    Duration settle() {
        if (!(settleSeconds > 0) || settleSeconds > 86_400) {
            throw new CommandFailure(
                    Main.UNUSABLE, "--settle takes seconds, more than 0 and at most 86400, not " + settleSeconds);
        }
        return Duration.ofMillis(Math.max(1, Math.round(settleSeconds * 1_000)));
    }

    /** The password of the account: of the file, of the environment, or of a person at the terminal. */
    String password(String name, Map<String, String> environment, @Nullable Console console) {
        if (passwordFile != null) {
            return firstLine(passwordFile);
        }
        String given = environment.get(PASSWORD_VARIABLE);
        if (given != null) {
            return given;
        }
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", name);
        if (typed == null) {
            throw new CommandFailure(
                    Main.UNUSABLE, "no password for " + name + ": name a --password-file, or set " + PASSWORD_VARIABLE);
        }
        return new String(typed);
    }

    private static String firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.isEmpty()) {
                throw new CommandFailure(Main.UNUSABLE, file + " is empty; its first line should be the password");
            }
            return lines.get(0);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(Main.UNUSABLE, file + " is not UTF-8");
        } catch (IOException e) {
            throw new CommandFailure(Main.UNREACHABLE, "the password file " + file + " cannot be read");
        }
    }
}
