package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessConversion;
import io.alicia.mqtt.access.AccessText;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PasswordHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl convert}. */
@Command(
        name = "convert",
        description = {
            "Writes an ACL file as dynamic-security JSON, or the other way round.",
            "What the other form cannot say is listed, and nothing is written then unless --lossy is given: an ACL file can",
            "neither refuse subscriptions nor bind an account to a client identifier. With --json that list, which goes to the",
            "standard error, has one JSON object a line."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ConvertCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "An ACL file or dynamic-security JSON.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; the standard output unless given.")
    private @Nullable Path output;

    @Option(
            names = {"-p", "--passwords"},
            paramLabel = "FILE",
            description = "The password file that belongs to the ACL file: read with an ACL file, written with JSON.")
    private @Nullable Path passwords;

    @Option(names = "--lossy", description = "Write even if the other form cannot say everything.")
    private boolean lossy;

    @Mixin
    private JsonOption json = new JsonOption();

    private final Terminal terminal;

    ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (output != null && AccessSource.isStandardInput(output)) {
            throw new CommandFailure(
                    Main.UNUSABLE, "expected a file after -o; without -o the standard output is written");
        }
        requireThreeFiles();
        try {
            AccessText text = AccessSource.text(file, terminal);
            return AccessSource.kind(text) == AccessText.Kind.DYNAMIC_SECURITY
                    ? toAclFile(text)
                    : toDynamicSecurity(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, file + ": " + e.getMessage());
        }
    }

    /** What is written is neither read nor written to twice. */
    private void requireThreeFiles() throws IOException {
        if (output != null && isSame(output, file)) {
            throw new CommandFailure(Main.UNUSABLE, output + " after -o is what is converted: expected another file");
        }
        if (passwords != null && isSame(passwords, file)) {
            throw new CommandFailure(
                    Main.UNUSABLE, passwords + " after -p is what is converted: expected another file");
        }
        if (output != null && passwords != null && isSame(output, passwords)) {
            throw new CommandFailure(Main.UNUSABLE, "expected two files after -o and -p, found " + output + " twice");
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        if (Files.exists(one) && Files.exists(other)) {
            return Files.isSameFile(one, other);
        }
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private String nameOf(@Nullable Path path, String otherwise) {
        return path == null ? otherwise : path.toString();
    }

    private int toDynamicSecurity(AccessText text) throws IOException {
        List<Account> accounts = passwords == null ? List.of() : accounts(AccessSource.text(passwords, terminal));
        AccessConversion<DynamicSecurity> converted = AccessConversion.toDynamicSecurity(
                nameOf(output, "dynamic-security.json"),
                AccessSource.read(text, spec.commandLine().getErr()).policy(),
                accounts);
        if (isRefused(converted)) {
            return Main.NO;
        }
        if (output == null) {
            spec.commandLine().getOut().println(converted.result().text());
        } else {
            NewSecret secret = NewSecret.before(output);
            converted.result().write(output);
            secret.written(
                    Files.isRegularFile(file) ? file : null,
                    true,
                    spec.commandLine().getErr());
        }
        return 0;
    }

    private static List<Account> accounts(AccessText text) {
        return PasswordFile.parse(text.name(), text.text()).accounts();
    }

    private int toAclFile(AccessText text) throws IOException {
        if (passwords != null && AccessSource.isStandardInput(passwords)) {
            throw new CommandFailure(Main.UNUSABLE, "expected a file after -p, which is written, and not -");
        }
        DynamicSecurity roles = DynamicSecurity.parse(text.name(), text.text());
        AccessConversion<AclFile> converted = AccessConversion.toAclFile(nameOf(output, "house.acl"), roles);
        if (isRefused(converted)) {
            return Main.NO;
        }
        PasswordFile hashes = passwords == null ? null : passwordsOf(roles, passwords);
        if (output == null) {
            spec.commandLine().getOut().print(converted.result());
        } else {
            converted.result().write(output);
        }
        if (passwords != null && hashes != null) {
            NewSecret secret = NewSecret.before(passwords);
            hashes.write(passwords);
            secret.written(
                    Files.isRegularFile(file) ? file : null,
                    false,
                    spec.commandLine().getErr());
        }
        return 0;
    }

    private static PasswordFile passwordsOf(DynamicSecurity roles, Path name) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        roles.accounts().forEach(account -> account.passwordHash().ifPresent(hash -> hashes.put(account.name(), hash)));
        return PasswordFile.of(name.toString(), hashes);
    }

    private boolean isRefused(AccessConversion<?> converted) {
        PrintWriter err = spec.commandLine().getErr();
        if (!converted.isExact() && json.json()) {
            converted.losses().forEach(loss -> err.println(JsonOf.loss(loss)));
            converted.unfinished().forEach(unfinished -> err.println(JsonOf.unfinished(unfinished)));
            converted.differences().forEach(change -> err.println(JsonOf.change(change)));
        } else if (!converted.isExact()) {
            err.println(
                    converted.differences().isEmpty() && converted.losses().isEmpty()
                            ? "It is not known whether the other form says the same:"
                            : "The other form cannot say everything:");
            converted.losses().forEach(loss -> err.println("  " + loss));
            converted.unfinished().forEach(unfinished -> err.println("  " + unfinished));
            converted.differences().forEach(change -> err.println("  " + change));
            if (passwords == null
                    && converted.differences().stream()
                            .anyMatch(change -> change.account().equals(Optional.of("%u")))) {
                err.println("%u is any account that the ACL file does not name; -p names those of a password file.");
            }
            if (!lossy) {
                err.println("Nothing was written; --lossy writes it nevertheless.");
            }
        }
        if (json.json()) {
            converted.remarks().forEach(remark -> err.println(JsonOf.remark(remark)));
        } else {
            converted.remarks().forEach(remark -> err.println("note: " + remark));
        }
        return !converted.isExact() && !lossy;
    }
}
