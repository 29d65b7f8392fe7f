package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log file that lines are added to. A new one is readable by its owner only, as Mosquitto's is. Once it was moved away
 * or removed, as at a log rotation, lines go to a new one after a second.
 */
final class FileTarget implements LogTarget {

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier nanos;
    private OutputStream stream;
    /** Which file it is, whatever its name; null where the file system does not tell. */
    private @Nullable Object key;

    private long lookedAt;

    FileTarget(Path file) throws IOException {
        this(file, System::nanoTime);
    }

    FileTarget(Path file, LongSupplier nanos) throws IOException {
        this.file = file;
        this.nanos = nanos;
        this.stream = open(file);
        this.key = keyOrNull();
        this.lookedAt = nanos.getAsLong();
    }

    @Override
    public void write(String lines, SyslogPriority type) throws IOException {
        if (nanos.getAsLong() - lookedAt >= LOOK_EVERY_NANOS) {
            lookedAt = nanos.getAsLong();
            if (!Objects.equals(key, keyOrNull())) {
                reopen();
            }
        }
        stream.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void reopen() throws IOException {
        OutputStream before = stream;
        stream = open(file);
        key = keyOrNull();
        before.close();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private @Nullable Object keyOrNull() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static OutputStream open(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix && Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
