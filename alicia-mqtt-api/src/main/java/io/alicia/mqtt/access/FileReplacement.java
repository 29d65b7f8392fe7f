package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts new content in the place of a file, so that readers see the old or the new one and never a part, with the owner
 * and the permissions that the file has. Symbolic links stay and lead to the new content, also where they led nowhere
 * until now; what is no file, such as a device or a pipe, is not touched. A file that is a mount of its own, as containers
 * have them, can only be written over.
 */
final class FileReplacement {

    /** What is done in the file's folder, which may refuse it. */
    static class Folder {

        /** An empty file beside {@code target}. */
        Path temporary(Path target, boolean secret) throws IOException {
            Path folder = folderOf(target);
            return secret
                    ? Files.createTempFile(folder, "." + target.getFileName(), ".new")
                    : Files.createFile(folder.resolve("." + target.getFileName() + UUID.randomUUID() + ".new"));
        }

        void give(Path file, PosixFileAttributes attributes) throws IOException {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (!attributes.group().equals(view.readAttributes().group())) {
                view.setGroup(attributes.group());
            }
            if (!attributes.owner().equals(view.readAttributes().owner())) {
                view.setOwner(attributes.owner());
            }
        }

        void move(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static final int MOST_LINKS = 40;

    private final Path file;
    private final Path target;
    private final Folder folder;

    private FileReplacement(Path file, Path target, Folder folder) {
        this.file = file;
        this.target = target;
        this.folder = folder;
    }

    /**
     * Looks at what is to be replaced.
     *
     * @throws NoSuchFileException if its folder is not there
     * @throws FileSystemException if it is no file
     */
    static FileReplacement of(Path file) throws IOException {
        return of(file, new Folder());
    }

    static FileReplacement of(Path file, Folder folder) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(), null, "it is a device or a pipe, and no file that could be replaced");
        }
        Path target = Files.exists(file) ? file.toRealPath() : endOfLinks(file);
        if (!Files.isDirectory(folderOf(target))) {
            throw new NoSuchFileException(folderOf(target).toString());
        }
        return new FileReplacement(file, target, folder);
    }

    private static Path folderOf(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalStateException(target + " stands in no folder");
        }
        return folder;
    }

    private static Path endOfLinks(Path file) throws IOException {
        Path end = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(end); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemException(file.toString(), null, "its symbolic links lead round in a circle");
            }
            end = end.resolveSibling(Files.readSymbolicLink(end));
        }
        return end;
    }

    /** The file at the end of all links. */
    Path target() {
        return target;
    }

    /**
     * Replaces it; what is new is its owner's alone if it is {@code secret}, and otherwise has the permissions of the umask.
     *
     * @throws FileSystemException if it cannot be replaced, with the reason
     */
    void with(byte[] bytes, boolean secret) throws IOException {
        Path written = written(bytes, secret);
        try {
            folder.move(written, target);
        } catch (AccessDeniedException e) {
            Files.deleteIfExists(written);
            throw problem("it cannot be replaced: this user may not do so in its folder", e);
        } catch (FileSystemException e) {
            // A file that is a mount of its own keeps its place.
            inPlace(written, bytes, e);
        }
    }

    /**
     * Makes it, its owner's alone, unless somebody else has done so meanwhile.
     *
     * @return whether it was made
     */
    boolean made(byte[] bytes) throws IOException {
        Path written = written(bytes, true);
        try {
            Files.createLink(target, written);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links, where two who make it at once are not told apart.
            folder.move(written, target);
            return true;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** The new content beside the file, with its owner and permissions. */
    private Path written(byte[] bytes, boolean secret) throws IOException {
        boolean replaces = Files.exists(target);
        Path written = null;
        try {
            // Temporary files are their owner's alone from the beginning; where one replaces a file they are, too.
            written = folder.temporary(target, secret || replaces);
            Files.write(written, bytes);
            if (replaces) {
                copyPermissions(target, written);
            }
            return written;
        } catch (IOException e) {
            if (written != null) {
                Files.deleteIfExists(written);
            }
            if (e instanceof FileSystemException known && known.getFile().equals(file.toString())) {
                throw e;
            }
            throw e instanceof AccessDeniedException
                    ? problem(
                            "it cannot be " + (replaces ? "replaced" : "made")
                                    + ": this user may not write in the folder " + folderShown(),
                            e)
                    : problem("it cannot be written: " + reason(e), e);
        }
    }

    private Path folderShown() {
        Path given = file.getParent();
        boolean linked = !target.equals(file.toAbsolutePath().normalize());
        return given == null || linked ? folderOf(target) : given;
    }

    private void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        try {
            folder.give(to, attributes);
        } catch (FileSystemException e) {
            throw problem(
                    "it cannot be replaced: it belongs to " + attributes.owner().getName() + ":"
                            + attributes.group().getName()
                            + ", and only root can leave the new one to them; with sudo it can be done",
                    e);
        }
        view.setPermissions(attributes.permissions());
    }

    /** Where that fails, too, the whole of the new content is in {@code written}. */
    private void inPlace(Path written, byte[] bytes, FileSystemException why) throws IOException {
        if (!Files.isRegularFile(target)) {
            Files.deleteIfExists(written);
            throw problem("it cannot be written: " + reason(why), why);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(target, StandardOpenOption.WRITE);
        } catch (IOException e) {
            Files.deleteIfExists(written);
            throw problem("it can neither be replaced (" + reason(why) + ") nor written over: " + reason(e), e);
        }
        try (channel) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.truncate(bytes.length);
            channel.force(true);
        } catch (IOException e) {
            throw problem("only a part of it could be written (" + reason(e) + "); all of it is in " + written, e);
        }
        Files.deleteIfExists(written);
    }

    private FileSystemException problem(String reason, @Nullable Exception cause) {
        FileSystemException problem = new FileSystemException(file.toString(), null, reason);
        problem.initCause(cause);
        return problem;
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this user may not write it";
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
