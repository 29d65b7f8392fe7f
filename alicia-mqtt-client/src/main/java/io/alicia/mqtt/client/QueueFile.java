package io.alicia.mqtt.client;

import io.alicia.mqtt.client.OutboxStore.Restored;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a {@link DiskStore}: messages by the order of publishing. Made in one thread, used in another, in none at once. */
class QueueFile {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueFile.class);

    /** What an empty queue may take: less is not worth the writing. */
    static final long EMPTY_BYTES = 1_024 * 1_024;

    /** Twice is enough where the last message was at the end of the file, which is the worst that can be. */
    private static final int ROUNDS = 4;

    private final Path file;
    private final Supplier<MVStore> opener;
    private MVStore store;
    private MVMap<Long, byte[]> messages;

    /**
     * Opens {@code file}, or makes it, readable for its owner alone.
     *
     * @throws IllegalStateException if that is impossible, saying why
     */
    QueueFile(Path file) {
        this(file, () -> open(file));
    }

    /** The same through {@code opener}, whenever it is to be opened. */
    QueueFile(Path file, Supplier<MVStore> opener) {
        this.file = file;
        this.opener = opener;
        this.store = opener.get();
        this.messages = messagesOf(file, store);
    }

    private static MVMap<Long, byte[]> messagesOf(Path file, MVStore opened) {
        // Each commit reaches the disk before the next one begins, so the space of what is gone can be used at once.
        opened.setRetentionTime(0);
        opened.setVersionsToKeep(0);
        try {
            return opened.openMap("messages");
        } catch (RuntimeException e) { // pages are read here, and not when the file is opened
            opened.closeImmediately();
            throw unusable(file, e);
        }
    }

    static MVStore open(Path file) {
        create(file);
        try {
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (RuntimeException e) {
            throw unusable(file, e);
        }
    }

    private static IllegalStateException unusable(Path file, RuntimeException failure) {
        return new IllegalStateException(
                "the offline queue in " + file + " cannot be opened: " + reason(failure), failure);
    }

    private static void create(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                createDirectories(directory);
            }
            boolean posix =
                    Files.getFileStore(directory == null ? file : directory).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            LOGGER.debug("{} is there already", file, e);
        } catch (IOException e) {
            throw new IllegalStateException("the offline queue in " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Those that are there stay as they are. */
    private static void createDirectories(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /** What H2 meets in a damaged file it tells in many ways, a missing array among them. */
    private static String reason(RuntimeException failure) {
        int code = failure instanceof MVStoreException told ? told.getErrorCode() : DataUtils.ERROR_FILE_CORRUPT;
        return switch (code) {
            case DataUtils.ERROR_FILE_LOCKED -> "another client has it open; each needs a file of its own";
            case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT, DataUtils.ERROR_INTERNAL ->
                damaged(String.valueOf(failure.getMessage()));
            case DataUtils.ERROR_READING_FAILED -> unread(failure);
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static String damaged(String how) {
        return "it is damaged, or no offline queue; move it away to begin with an empty one (" + how + ")";
    }

    /** H2's words for it are about the file's channel. Where the disk itself fails the file may be as good as ever. */
    private static String unread(RuntimeException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof EOFException
                ? damaged("it ends too early")
                : "it cannot be read: " + (cause == null ? failure.getMessage() : cause);
    }

    /** What it has, in order. */
    List<Restored> restored() {
        try {
            return read();
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw unusable(file, e);
        }
    }

    private List<Restored> read() {
        List<Restored> found = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        messages.forEach((sequence, bytes) -> {
            try {
                found.add(new Restored(sequence, StoredMessage.of(bytes)));
            } catch (IllegalArgumentException e) {
                LOGGER.warn("the offline queue in {} has an entry that cannot be read; dropped", file, e);
                unreadable.add(sequence);
            }
        });
        unreadable.forEach(messages::remove);
        return List.copyOf(found);
    }

    /** What is to be there from now on; absent: nothing. It is on the disk when this returns. */
    void write(Map<Long, Optional<StoredMessage>> changes) {
        changes.forEach((sequence, message) -> {
            byte @Nullable [] bytes = message.map(StoredMessage::toBytes).orElse(null);
            if (bytes == null) {
                messages.remove(sequence);
            } else {
                messages.put(sequence, bytes);
            }
        });
        if (store.hasUnsavedChanges()) {
            store.commit();
            store.sync();
        }
        giveBack();
    }

    /**
     * Makes the file of an empty queue small. H2 cuts off its end when it writes, as far as what was there is in no version that it may
     * need, that is at a later commit; by itself nothing is written to a queue that stays empty. Each commit is one as any other.
     */
    private void giveBack() {
        for (int round = 0; round < ROUNDS && messages.isEmpty() && size() > EMPTY_BYTES; round++) {
            store.setStoreVersion(
                    store.getStoreVersion() == 0 ? 1 : 0); // something to commit; it means nothing to anybody
            store.commit();
        }
    }

    private long size() {
        return store.getFileStore().size();
    }

    /** As it was after the latest {@link #write} that did not fail: one that does is the end of what is open. */
    void openAgain() {
        store.closeImmediately();
        store = opener.get();
        messages = messagesOf(file, store);
    }

    void close() {
        try {
            giveBack(); // what an earlier process has left: it may have died before it came to it
            store.close();
        } catch (MVStoreException e) {
            LOGGER.warn("the offline queue in {} did not close well; what it says is on disk", file, e);
            store.closeImmediately();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
