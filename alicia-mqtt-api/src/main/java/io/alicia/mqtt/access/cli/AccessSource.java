package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AccessText;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.StandardPolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy that an argument says. Each argument is read once: it may be a pipe. */
final class AccessSource {

    private AccessSource() {}

    /** What {@code file} has; {@code -} is the standard input. */
    static AccessText text(Path file, Terminal terminal) {
        return isStandardInput(file) ? terminal.standardInput() : AccessText.read(file);
    }

    static boolean isStandardInput(Path file) {
        return "-".equals(file.toString());
    }

    /** What it says itself; an ACL file where nothing does, as errors are best made of that. */
    static AccessText.Kind kind(AccessText text) {
        return text.kind().orElse(AccessText.Kind.ACL_FILE);
    }

    /**
     * What a file says.
     *
     * @param roles the document, if it is dynamic-security JSON
     */
    record Read(AccessPolicy policy, @Nullable DynamicSecurity roles) {

        /** Why {@code account} cannot be used by the client, as far as the file says that; empty if it can. */
        Optional<String> hindrance(@Nullable String account, String client) {
            return account == null || roles == null
                    ? Optional.empty()
                    : Optional.ofNullable(roles.logIns().get(account)).flatMap(logIn -> logIn.hindrance(client));
        }
    }

    /** What a file says; without one the standard policy of a house. */
    static Read read(@Nullable Path file, Terminal terminal, PrintWriter err) {
        return file == null
                ? new Read(StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER), null)
                : read(text(file, terminal), err);
    }

    /** What a text says; what makes nothing of it is a warning. */
    static Read read(AccessText text, PrintWriter err) {
        return switch (kind(text)) {
            case ACL_FILE -> {
                if (text.endsLinesWithCarriageReturn()) {
                    err.println("alicia-acl: warning: " + Printable.of(text.name())
                            + ":1: the lines end with CR alone, as old Macs wrote them: the whole file is one line here and"
                            + " in Mosquitto; `tr '\\r' '\\n'` writes LF");
                }
                yield new Read(AclFile.parse(text.name(), text.text()).policy(), null);
            }
            case DYNAMIC_SECURITY -> {
                DynamicSecurity roles = DynamicSecurity.parse(text.name(), text.text());
                yield new Read(roles.policy(), roles);
            }
            case PASSWORD_FILE ->
                throw new CommandFailure(
                        Main.UNUSABLE,
                        text.name() + ": expected an ACL file or dynamic-security JSON, found a password file");
        };
    }
}
