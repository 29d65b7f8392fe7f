package io.alicia.mqtt.broker.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Opens the file, or says in one line why it can't be used. Nothing that is not ours is ever changed. */
final class DatabaseFile {

    private static final int FORMAT = 1;
    private static final int CACHE_MEGABYTES = 4;
    private static final int RETENTION_MILLIS = 1000;
    /** What a database of Mosquitto begins with. */
    private static final byte[] MOSQUITTO = "\0\u00b5\0mosquitto db".getBytes(StandardCharsets.ISO_8859_1);

    private static final MVMap.Builder<byte[], byte[]> BYTES =
            new MVMap.Builder<byte[], byte[]>().keyType(BytesType.INSTANCE).valueType(BytesType.INSTANCE);

    private DatabaseFile() {}

    /** Opens the file; makes it, for its owner alone, if it is not there. */
    static MVStore open(Path file) throws StoreException {
        try {
            prepare(file);
        } catch (IOException e) {
            throw refused(file, "it cannot be read (" + e + ")", e);
        }
        try {
            return checked(file, opened(file));
        } catch (MVStoreException e) {
            throw refused(file, reason(e), e);
        } catch (AssertionError e) {
            // H2 asserts what a damaged file breaks, where assertions are enabled.
            throw refused(file, "it is damaged beyond reading", new IllegalStateException(e));
        }
    }

    private static void prepare(Path file) throws StoreException, IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw refused(file, "its directory does not exist");
        }
        if (!Files.exists(file)) {
            if (!Files.isWritable(directory)) {
                throw refused(file, "its directory is not writable");
            }
            create(file);
        } else if (!Files.isRegularFile(file)) {
            throw refused(file, "it is not a file");
        } else if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw refused(file, "it is not readable and writable");
        } else if (isOfMosquitto(file)) {
            throw refused(
                    file,
                    "it is a database of Mosquitto, whose format this broker does not have. Move it away, or name another"
                            + " persistence_file");
        }
    }

    /** Messages may be secret, so the file is its owner's alone, as Mosquitto's is. */
    private static void create(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static boolean isOfMosquitto(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MOSQUITTO.length), MOSQUITTO);
        }
    }

    /** Without threads of its own: the store's one thread commits, nothing else does. */
    private static MVStore opened(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .open();
        // Each commit would make the file grow for 45 seconds otherwise. Not zero: with zero, blocks that the list of
        // chunks still names may be used again (h2database/h2database#2752).
        store.setRetentionTime(RETENTION_MILLIS);
        return store;
    }

    private static MVStore checked(Path file, MVStore store) throws StoreException {
        if (store.getMapNames().isEmpty()) {
            store.setStoreVersion(FORMAT);
            return store;
        }
        int format = store.getStoreVersion();
        boolean ours = store.hasMap(TableName.SESSIONS.mapName());
        if (!ours || format != FORMAT) {
            store.closeImmediately();
            throw refused(
                    file,
                    !ours
                            ? "it is not a database of this broker"
                            : "it has format " + format + ", made by a newer version; this one reads format " + FORMAT);
        }
        return store;
    }

    static MVMap<byte[], byte[]> map(MVStore store, TableName name) {
        return store.openMap(name.mapName(), BYTES);
    }

    private static StoreException refused(Path file, String reason) {
        return new StoreException("Unable to restore persistent database '" + file + "': " + reason + ".");
    }

    private static StoreException refused(Path file, String reason, Exception cause) {
        return new StoreException("Unable to restore persistent database '" + file + "': " + reason + ".", cause);
    }

    private static String reason(MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED -> "another process has it open";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> "it was made by a newer version";
            default -> "it is not a database of this broker, or damaged beyond reading";
        };
    }
}
