package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Consumer;

/** Brings the result of an operation back into the {@link Lane}. Never cancels: what was sent was sent. */
final class InLane<T> implements SingleObserver<T> {

    private final Lane lane;
    private final Consumer<? super T> whenDone;
    private final Consumer<Throwable> whenFailed;

    InLane(Lane lane, Consumer<? super T> whenDone, Consumer<Throwable> whenFailed) {
        this.lane = lane;
        this.whenDone = whenDone;
        this.whenFailed = whenFailed;
    }

    @Override
    public void onSubscribe(Disposable disposable) {
        // Not kept, see the type.
    }

    @Override
    public void onSuccess(T result) {
        lane.execute(() -> whenDone.accept(result));
    }

    @Override
    public void onError(Throwable failure) {
        lane.execute(() -> whenFailed.accept(failure));
    }
}
