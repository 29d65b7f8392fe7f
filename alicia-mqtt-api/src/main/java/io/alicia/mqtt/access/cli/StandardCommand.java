package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.StandardPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alicia-acl standard}. */
@Command(
        name = "standard",
        description = {
            "Writes the standard accounts of an Alicia house as an ACL file.",
            "Their passwords are yours to give: see `alicia-acl passwd`."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class StandardCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--per-device",
            description =
                    "Every device publishes only below its own client identifier, and receives of alicia/devices only its"
                            + " own commands. Commands on alicia/commands reach every device, as they may be for all.")
    private boolean perDevice;

    @Option(names = "--sonos", description = "With the account of the Sonos bridge.")
    private boolean sonos;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; the standard output unless given.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        Set<StandardPolicy.Option> options = EnumSet.noneOf(StandardPolicy.Option.class);
        if (perDevice) {
            options.add(StandardPolicy.Option.PER_DEVICE);
        }
        if (sonos) {
            options.add(StandardPolicy.Option.SONOS_SPEAKER);
        }
        AccessPolicy policy = StandardPolicy.of(options.toArray(new StandardPolicy.Option[0]));
        AclFile file = AclFile.of(output == null ? "house.acl" : output.toString(), policy);
        if (output == null) {
            spec.commandLine().getOut().print(file);
            spec.commandLine().getOut().flush();
        } else {
            file.write(output);
        }
        return 0;
    }
}
