package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of signals through the JVM, as Linux tells of it: the system interrupts the first thread of the process, which does
 * nothing else, and that wakes the thread that hands them on. While both wait there is none on its way. Safe from any thread;
 * a look takes some microseconds and waits for nothing.
 */
final class SignalDispatcher {

    private static final Path THREADS = Path.of("/proc/self/task");
    /** As much of the name as Linux keeps. */
    private static final String NAME = "Signal Dispatch";

    private static final int ENOUGH_BYTES = 4_096;
    private static final String STATE = "\nState:\t";
    private static final String PENDING = "\nShdPnd:\t";
    private static final String WAITS = "\nvoluntary_ctxt_switches:\t";

    private final FileChannel interrupted;
    private final FileChannel handingOn;

    private SignalDispatcher(FileChannel interrupted, FileChannel handingOn) {
        this.interrupted = interrupted;
        this.handingOn = handingOn;
    }

    /** {@return it, null where nobody can tell} */
    @SuppressWarnings("MustBeClosedChecker") // it is looked at as long as the process lives
    static @Nullable SignalDispatcher findOrNull() {
        try (Stream<Path> threads = Files.list(THREADS)) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals(NAME)) {
                    Path first = THREADS.resolve(
                            String.valueOf(ProcessHandle.current().pid()));
                    return new SignalDispatcher(status(first), status(thread));
                }
            }
        } catch (IOException e) {
            return null; // no Linux, or a thread has ended; then each log-in raises signals
        }
        return null;
    }

    /**
     * {@return how often the one that hands on has begun to wait, if both wait; empty if a signal is on its way to the JVM or in
     * it, or nobody can tell} The same number means that nothing was handed on meanwhile.
     */
    OptionalLong idle() {
        try {
            // In the direction of signals: one that has left the first is found at the second.
            return idle(text(interrupted)).isEmpty() ? OptionalLong.empty() : idle(text(handingOn));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static FileChannel status(Path thread) throws IOException {
        return FileChannel.open(thread.resolve("status"), StandardOpenOption.READ);
    }

    private static String text(FileChannel status) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ENOUGH_BYTES);
        status.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }

    /** The same of one thread, as its file says. */
    static OptionalLong idle(String status) {
        boolean waits = valueOf(STATE, status).startsWith("S");
        String pending = valueOf(PENDING, status);
        String count = valueOf(WAITS, status);
        return waits
                        && !count.isEmpty()
                        && !pending.isEmpty()
                        && pending.chars().allMatch(digit -> digit == '0')
                ? OptionalLong.of(Long.parseLong(count))
                : OptionalLong.empty();
    }

    private static String valueOf(String name, String status) {
        int at = status.indexOf(name);
        int end = status.indexOf('\n', at + 1);
        return at < 0 || end < 0 ? "" : status.substring(at + name.length(), end);
    }
}
