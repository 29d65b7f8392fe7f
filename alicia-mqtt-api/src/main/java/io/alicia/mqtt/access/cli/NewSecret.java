package io.alicia.mqtt.access.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file with passwords that a command is about to write. One that is replaced keeps its owner and permissions; a new one
 * is its owner's alone, so the broker, which mostly runs as another user, has to be let in.
 */
final class NewSecret {

    private final Path file;
    private final boolean isNew;

    private NewSecret(Path file, boolean isNew) {
        this.file = file;
        this.isNew = isNew;
    }

    /** Looks at {@code file} before it is written. */
    static NewSecret before(Path file) {
        return new NewSecret(file, !Files.exists(file));
    }

    /**
     * Gives a new file to the owner of the file that it was made from, as far as this user may (root does), and else says
     * how.
     *
     * @param source what it was made from; null if from nothing
     * @param written whether the broker also writes it
     */
    void written(@Nullable Path source, boolean written, PrintWriter err) throws IOException {
        if (!isNew) {
            return;
        }
        PosixFileAttributes owner = source == null ? null : given(source);
        err.println(
                owner != null
                        ? "alicia-acl: " + file + " is new and belongs to "
                                + owner.owner().getName() + ", as " + source + " does; nobody else can read it"
                        : "alicia-acl: " + file + " is new and this user's alone; the broker has to "
                                + (written ? "read and write" : "read")
                                + " it. Where it runs as another user, such as mosquitto: "
                                + (written ? "chown mosquitto FILE" : "chgrp mosquitto FILE && chmod 640 FILE"));
    }

    /** The attributes of {@code source} if it belongs to somebody else and the file now as well; null otherwise. */
    private @Nullable PosixFileAttributes given(Path source) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return null;
        }
        PosixFileAttributes of = Files.readAttributes(source, PosixFileAttributes.class);
        if (of.owner().equals(view.readAttributes().owner())) {
            return null;
        }
        try {
            view.setGroup(of.group());
            view.setOwner(of.owner());
            return of;
        } catch (FileSystemException e) {
            // Only root gives files away; whoever is told how can do it later.
            return null;
        }
    }
}
