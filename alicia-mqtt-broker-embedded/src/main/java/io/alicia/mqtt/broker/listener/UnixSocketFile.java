package io.alicia.mqtt.broker.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a unix socket. */
final class UnixSocketFile {

    /** What Mosquitto's umask of 0007 leaves. */
    private static final String PERMISSIONS = "rwxrwx---";

    private UnixSocketFile() {}

    /** Removes the socket that a broker left behind that was killed; nothing but a socket. */
    static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean socket = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
        if (!socket) {
            throw new IOException("there is something else than a socket");
        }
        Files.delete(path);
    }

    static void protect(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(PERMISSIONS));
        }
    }
}
