package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.core.SingleOperator;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.concurrent.atomic.AtomicBoolean;

/** What begins, and tells, too early. */
final class Hasty {

    private Hasty() {}

    /** Begins at once, whether anybody subscribes or not. */
    static <T> Single<T> eager(Single<T> lazy) {
        Single<T> begun = lazy.cache();
        begun.subscribe(new TestObserver<>());
        return begun;
    }

    /** The same, and is through with it when this is over; for what says by itself that it is. */
    static <T> Single<T> done(Single<T> lazy) {
        Single<T> begun = lazy.cache();
        TransportFixture.result(begun);
        return begun;
    }

    static Completable eager(Completable lazy) {
        Completable begun = lazy.cache();
        begun.subscribe(new TestObserver<>());
        return begun;
    }

    /** Tells of an end first and clears up then: who asks for a connection while he is told is told that there is one. */
    static WrongTransport tellsBeforeItIsReady() {
        AtomicBoolean telling = new AtomicBoolean();
        return new WrongTransport() {
            @Override
            Single<MqttConnection> connecting(Single<MqttConnection> connecting, ConnectRequest request) {
                return Single.defer(() -> telling.get()
                        ? Single.error(new IllegalStateException("a connection exists or is under way"))
                        : connecting.lift(marks(telling)));
            }

            @Override
            Single<DisconnectCause> closed(Single<DisconnectCause> closed) {
                return closed.lift(marks(telling));
            }
        };
    }

    /** What is told is told while {@code telling}. */
    private static <T> SingleOperator<T, T> marks(AtomicBoolean telling) {
        return observer -> new SingleObserver<>() {
            @Override
            public void onSubscribe(Disposable disposable) {
                observer.onSubscribe(disposable);
            }

            @Override
            public void onSuccess(T value) {
                telling.set(true);
                observer.onSuccess(value);
                telling.set(false);
            }

            @Override
            public void onError(Throwable failure) {
                telling.set(true);
                observer.onError(failure);
                telling.set(false);
            }
        };
    }
}
