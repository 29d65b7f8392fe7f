package io.alicia.mqtt.testkit.homeassistant;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Guards what changes under the hands of a test that waits for it. */
final class Watch {

    synchronized void change(Runnable change) {
        change.run();
        notifyAll();
    }

    synchronized <T> T read(Supplier<T> reading) {
        return reading.get();
    }

    /** Waits until {@code sought} is there; fails with {@code otherwise} if it does not come. */
    synchronized <T> T await(Supplier<Optional<T>> sought, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + FakeHomeAssistant.PATIENCE.toNanos();
        for (Optional<T> found = sought.get(); ; found = sought.get()) {
            if (found.isPresent()) {
                return found.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(otherwise.get());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted; " + otherwise.get(), e);
            }
        }
    }
}
