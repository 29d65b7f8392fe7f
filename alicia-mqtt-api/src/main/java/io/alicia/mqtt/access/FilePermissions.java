package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who else on the machine may read or write an access file; nothing where the file system does not say. */
final class FilePermissions {

    private FilePermissions() {}

    static void check(Path file, boolean secret, Findings findings) {
        String name = ShellWords.of(file.toString());
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException | IOException e) {
            // No such permissions here, or no file: reading it says so.
            return;
        }
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.error(
                    "world-writable",
                    0,
                    "every user of this machine may write the file and give themselves every right",
                    "a file that the broker reads and its administrator writes",
                    "`chmod o-w " + name + "`");
        }
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            findings.note(
                    "group-writable",
                    0,
                    "every member of the file's group may write the file and give themselves every right",
                    "a file that the broker reads and its administrator writes",
                    "`chmod g-w " + name + "`, unless the broker writes it and is alone in that group");
        }
        if (secret && permissions.contains(PosixFilePermission.OTHERS_READ)) {
            findings.warning(
                    "world-readable",
                    0,
                    "every user of this machine may read the hashes and guess the passwords",
                    "a file that the broker alone reads",
                    "`chgrp mosquitto " + name + " && chmod 640 " + name
                            + "`, with the group that the broker runs in; `chmod o-r` alone may lock the broker out");
        }
    }
}
