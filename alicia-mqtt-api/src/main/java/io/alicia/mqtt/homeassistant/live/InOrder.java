package io.alicia.mqtt.homeassistant.live;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableSource;
import io.reactivex.rxjava3.functions.Supplier;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands one message after another to the link, whichever threads they come from, and asks only when it is a message's turn
 * what that is: so what is said again is never older than what was said before it. No thread waits for another.
 */
final class InOrder {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Subscribes to what {@code what} gives when all that came before is handed over, not when it has succeeded. */
    Completable next(Supplier<? extends CompletableSource> what) {
        return Completable.unsafeCreate(observer -> {
            waiting.add(() -> Completable.defer(what).subscribe(observer));
            if (unfinished.getAndIncrement() == 0) {
                do {
                    Objects.requireNonNull(waiting.poll()).run();
                } while (unfinished.decrementAndGet() != 0);
            }
        });
    }
}
