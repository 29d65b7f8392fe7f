package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one program among those that read a file, change it and put it back: none of them loses what another one
 * changed. Other programs, such as {@code mosquitto_passwd}, do not take part.
 */
final class FileTurn implements AutoCloseable {

    private static final long PAUSE_MILLIS = 5;

    private final Path file;
    private final @Nullable FileChannel locked;

    private FileTurn(Path file, @Nullable FileChannel locked) {
        this.file = file;
        this.locked = locked;
    }

    /**
     * Waits for the turn at a file that is there. Who may not write the file itself, which need not be so for replacing it,
     * has the turn at once.
     *
     * @throws FileSystemException if others have the turn for longer than {@code patience}
     */
    static FileTurn at(Path file, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            FileChannel channel;
            Object key = keyOf(file);
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (AccessDeniedException e) {
                return new FileTurn(file, null);
            }
            boolean locked = false;
            try {
                if (Objects.equals(key, keyOf(file))) {
                    lock(channel, file, deadline);
                    // Whoever had the turn before has put another file there, which has its own.
                    locked = Objects.equals(key, keyOf(file));
                }
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (locked) {
                return new FileTurn(file, channel);
            }
        }
    }

    private static void lock(FileChannel channel, Path file, long deadline) throws IOException {
        // The channel stays open meanwhile: a lock of this process goes with any channel to the file that it closes.
        while (!isLocked(channel)) {
            if (System.nanoTime() - deadline > 0) {
                throw new FileSystemException(
                        file.toString(), null, "another program is changing it; try again when that is done");
            }
            pause(file);
        }
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another thread of this program has the turn.
            return false;
        }
    }

    private static void pause(Path file) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(file.toString(), null, "interrupted while another program is changing it");
        }
    }

    /** What is in the file, read through the lock, which another channel would end. */
    byte[] content() throws IOException {
        if (locked == null) {
            return TextFile.bytes(file);
        }
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(locked.size()));
        while (content.hasRemaining() && locked.read(content, content.position()) >= 0) {
            // Until all of it is read.
        }
        return Arrays.copyOf(content.array(), content.position());
    }

    /** The next one's turn. */
    @Override
    public void close() throws IOException {
        if (locked != null) {
            locked.close();
        }
    }
}
