package io.alicia.mqtt.access.cli;

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
            "The exit code is 0 if nobody gains or loses anything and 1 otherwise."
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
        List<PolicyDiff.Change> changes = PolicyDiff.between(AccessSource.policy(old), AccessSource.policy(now))
                .changes();
        PrintWriter out = spec.commandLine().getOut();
        for (PolicyDiff.Change change : changes) {
            if (output.json()) {
                out.println(JsonOf.change(change));
            } else {
                out.println((change.gained() ? terminal.green("+") : terminal.red("-")) + " " + change);
            }
        }
        if (changes.isEmpty() && !output.json()) {
            out.println("nobody gains or loses anything");
        }
        return changes.isEmpty() ? 0 : Main.NO;
    }
}
