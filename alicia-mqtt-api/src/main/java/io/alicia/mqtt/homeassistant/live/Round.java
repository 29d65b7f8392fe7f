package io.alicia.mqtt.homeassistant.live;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says many things, a bounded number at a time; what the server does not take is logged, and the rest said all the same. */
final class Round {

    private static final Logger LOGGER = LoggerFactory.getLogger(Round.class);
    private static final int LOGGED_ONE_BY_ONE = 10;

    private final int inFlight;
    private final AtomicInteger failures = new AtomicInteger();

    private Round(int inFlight) {
        this.inFlight = inFlight;
    }

    /** Completes when all has been said or refused; does not fail for what was refused. */
    static Completable of(Flowable<Completable> said, int inFlight) {
        return Completable.defer(() -> new Round(inFlight).all(said));
    }

    private Completable all(Flowable<Completable> said) {
        return said.flatMapCompletable(one -> one.onErrorComplete(this::isReported), false, inFlight)
                .doOnComplete(this::sumUp);
    }

    private boolean isReported(Throwable failure) {
        if (failures.incrementAndGet() <= LOGGED_ONE_BY_ONE) {
            LOGGER.warn(
                    "not said to Home Assistant, and tried again at the next connect: {}",
                    failure.getMessage(),
                    failure);
        }
        return true;
    }

    private void sumUp() {
        int count = failures.get();
        if (count > LOGGED_ONE_BY_ONE) {
            LOGGER.warn("{} messages to Home Assistant have failed like these", count);
        }
    }
}
