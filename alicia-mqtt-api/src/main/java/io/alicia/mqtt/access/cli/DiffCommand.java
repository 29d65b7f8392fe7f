package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.LogInChange;
import io.alicia.mqtt.access.PolicyDiff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl diff}. */
@Command(
        name = "diff",
        description = {
            "Who gains and who loses which topics. Rules that moved without effect are no difference.",
            "%%c stands for the client identifier, and the account %%u for every account without a section.",
            "A client identifier or account that a rule has in the place of a pattern's %%c or %%u is named where it gains or",
            "loses something else. Of dynamic-security JSON the rights to subscribe are compared as well, and who can log in.",
            "Where too many rules overlap to say that, the rules that changed are named and the comparison is incomplete.",
            "The exit code is 0 if nobody gains or loses anything and 1 otherwise, also if it is incomplete."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DiffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD", description = "An ACL file or dynamic-security JSON.")
    private @Nullable Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "An ACL file or dynamic-security JSON.")
    private @Nullable Path now;

    @Mixin
    private JsonOption output = new JsonOption();

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        AccessSource.Read before =
                AccessSource.read(old, terminal, spec.commandLine().getErr());
        AccessSource.Read after =
                AccessSource.read(now, terminal, spec.commandLine().getErr());
        PolicyDiff diff = PolicyDiff.between(before.policy(), after.policy());
        List<LogInChange> logIns = before.roles() == null || after.roles() == null
                ? List.of()
                : LogInChange.between(before.roles(), after.roles());
        List<PolicyDiff.Change> changes = diff.changes();
        List<PolicyDiff.Unfinished> unfinished = diff.unfinished();
        PrintWriter out = spec.commandLine().getOut();
        for (PolicyDiff.Change change : changes) {
            if (output.json()) {
                out.println(JsonOf.change(change));
            } else {
                out.println((change.gained() ? terminal.green("+") : terminal.red("-")) + " " + change);
            }
        }
        for (LogInChange change : logIns) {
            out.println(
                    output.json()
                            ? JsonOf.logIn(change)
                            : (change.gained() ? terminal.green("+") : terminal.red("-")) + " " + change);
        }
        for (PolicyDiff.Unfinished account : unfinished) {
            out.println(output.json() ? JsonOf.unfinished(account) : terminal.yellow("?") + " " + account);
        }
        if (!output.json() && !unfinished.isEmpty()) {
            out.println("the comparison is incomplete: see the lines with a ?");
        } else if (!output.json() && changes.isEmpty() && logIns.isEmpty()) {
            out.println("nobody gains or loses anything");
        }
        return changes.isEmpty() && logIns.isEmpty() && unfinished.isEmpty() ? 0 : Main.NO;
    }
}
