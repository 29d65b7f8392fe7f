package io.alicia.mqtt.examples.house;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;

/** The moment at which the house is told to close: whoever waits for something else stops waiting. */
final class Closing {

    private final CompletableSubject begun = CompletableSubject.create();

    void begin() {
        begun.onComplete();
    }

    /** Waits for what {@code event} gives. What it fails with is thrown. */
    <T> T orWaitFor(Single<T> event) throws HouseClosesException {
        T given = Maybe.ambArray(begun.<T>toMaybe(), event.toMaybe()).blockingGet();
        if (given == null) {
            throw new HouseClosesException();
        }
        return given;
    }

    /** Waits until {@code event} has happened. What it fails with is thrown. */
    void orWaitFor(Completable event) throws HouseClosesException {
        orWaitFor(event.toSingleDefault(true));
    }
}
