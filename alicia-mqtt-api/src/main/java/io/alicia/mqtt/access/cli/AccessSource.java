package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.StandardPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What kind of file an argument is, and the policy that it says. */
enum AccessSource {
    /** Mosquitto's {@code acl_file}. */
    ACL_FILE,
    /** Mosquitto's {@code password_file}. */
    PASSWORD_FILE,
    /** The JSON of Mosquitto's dynamic-security plugin. */
    DYNAMIC_SECURITY;

    private static final String HASH_LINE = "[^:]+:\\s*(\\$|SCRAM-).*";

    /** What {@link #told} says; an ACL file where nothing does, as errors are best made of that. */
    static AccessSource of(Path file) {
        return told(file).orElse(ACL_FILE);
    }

    /** Told from the first line that only one kind of file has; empty if there is none, or the file cannot be read. */
    static Optional<AccessSource> told(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip().replace("\u00EF\u00BB\u00BF", "");
                if (text.matches("\\{.*|\\[\\s*([\\]\\[{\"0-9].*)?") && !text.matches(HASH_LINE)) {
                    return Optional.of(DYNAMIC_SECURITY);
                }
                if (!text.isEmpty() && !text.startsWith("#")) {
                    // An account may be called user, topic or pattern.
                    boolean hash = text.matches(HASH_LINE);
                    if (!hash && text.matches("(?i)(topic|pattern|user)\\b.*")) {
                        return Optional.of(ACL_FILE);
                    }
                    if (text.indexOf(':') > 0) {
                        return Optional.of(PASSWORD_FILE);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            // Who reads the file says why that fails.
            return Optional.empty();
        }
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

    /** The policy of a file; without one the standard policy of a house. */
    static AccessPolicy policy(@Nullable Path file) {
        return read(file).policy();
    }

    /** What a file says; without one the standard policy of a house. */
    static Read read(@Nullable Path file) {
        if (file == null) {
            return new Read(StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER), null);
        }
        return switch (of(file)) {
            case ACL_FILE -> new Read(AclFile.read(file).policy(), null);
            case DYNAMIC_SECURITY -> {
                DynamicSecurity roles = DynamicSecurity.read(file);
                yield new Read(roles.policy(), roles);
            }
            case PASSWORD_FILE ->
                throw new CommandFailure(
                        Main.UNUSABLE, file + ": expected an ACL file or dynamic-security JSON, found a password file");
        };
    }
}
