package io.alicia.mqtt.broker.transport;

import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** Whoever waits for a result and is told it once, unless he stopped listening. */
final class Told<T> implements Disposable {

    private final SingleObserver<? super T> observer;
    private volatile boolean disposed;

    /** Listens from now on. */
    Told(SingleObserver<? super T> observer) {
        this.observer = observer;
        observer.onSubscribe(this);
    }

    void succeed(T result) {
        if (!disposed) {
            disposed = true;
            observer.onSuccess(result);
        }
    }

    void fail(RuntimeException failure) {
        if (!disposed) {
            disposed = true;
            observer.onError(failure);
        }
    }

    /** Stops the reporting, not what is reported on. */
    @Override
    public void dispose() {
        disposed = true;
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
