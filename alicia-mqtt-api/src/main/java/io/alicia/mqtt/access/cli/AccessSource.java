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
import org.jspecify.annotations.Nullable;

/** What kind of file an argument is, and the policy that it says. */
enum AccessSource {
    /** Mosquitto's {@code acl_file}. */
    ACL_FILE,
    /** Mosquitto's {@code password_file}. */
    PASSWORD_FILE,
    /** The JSON of Mosquitto's dynamic-security plugin. */
    DYNAMIC_SECURITY;

    /** Guessed from the first line that says something. A file that cannot be read is what errors are best made of. */
    static AccessSource of(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip().replace("\u00EF\u00BB\u00BF", "");
                if (text.startsWith("{")) {
                    return DYNAMIC_SECURITY;
                }
                if (!text.isEmpty() && !text.startsWith("#")) {
                    boolean rule = text.matches("(?i)(topic|pattern|user)\\b.*");
                    return !rule && text.indexOf(':') > 0 ? PASSWORD_FILE : ACL_FILE;
                }
            }
            return ACL_FILE;
        } catch (IOException e) {
            return ACL_FILE;
        }
    }

    /** The policy of a file; without one the standard policy of a house. */
    static AccessPolicy policy(@Nullable Path file) {
        if (file == null) {
            return StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER);
        }
        return switch (of(file)) {
            case ACL_FILE -> AclFile.read(file).policy();
            case DYNAMIC_SECURITY -> DynamicSecurity.read(file).policy();
            case PASSWORD_FILE ->
                throw new CommandFailure(
                        Main.UNUSABLE, file + ": expected an ACL file or dynamic-security JSON, found a password file");
        };
    }
}
