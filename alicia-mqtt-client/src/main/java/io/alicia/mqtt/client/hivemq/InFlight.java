package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.FlowableSubscriber;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * The publishes of a session that have no outcome yet, so that they can be failed when the session is left behind: the HiveMQ
 * client itself would keep them waiting for a connection that never comes.
 */
final class InFlight {

    private final Set<Pending> all = ConcurrentHashMap.newKeySet();

    /** A message that is published when somebody subscribes. */
    abstract class Publish extends Single<PublishOutcome> {

        private final Single<DisconnectCause> closed;

        /** What fails with the session fails after {@code closed}, when there may be another connection. */
        Publish(Single<DisconnectCause> closed) {
            this.closed = closed;
        }

        /** Publishes it; {@code pending} is told the outcome. */
        abstract void publish(FlowableSubscriber<PublishOutcome> pending);

        @Override
        protected void subscribeActual(SingleObserver<? super PublishOutcome> caller) {
            Pending pending = new Pending(caller, closed);
            caller.onSubscribe(pending);
            all.add(pending);
            try {
                publish(pending);
            } catch (RuntimeException e) {
                pending.finish(e); // a value that cannot go on the wire
            }
        }
    }

    void failAll(RuntimeException failure) {
        all.forEach(pending -> pending.finish(failure));
    }

    /** One message; its flow completes after the outcome when the last packet of its handshake is through. */
    private final class Pending implements FlowableSubscriber<PublishOutcome>, Disposable {

        private final SingleObserver<? super PublishOutcome> caller;
        private final Single<DisconnectCause> closed;
        private volatile @Nullable PublishOutcome outcome;
        private volatile boolean disposed;

        Pending(SingleObserver<? super PublishOutcome> caller, Single<DisconnectCause> closed) {
            this.caller = caller;
            this.closed = closed;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(PublishOutcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void onError(Throwable failure) {
            RuntimeException told = Failures.operation(failure);
            if (told instanceof SessionEndedException) {
                Disposable unused = closed.subscribe(cause -> finish(told)); // ends with the connection at the latest
            } else {
                finish(told);
            }
        }

        @Override
        public void onComplete() {
            // An exception is made only where it is needed: a stack trace for each message costs more than the message.
            finish(
                    outcome != null
                            ? null
                            : new IllegalStateException("the HiveMQ client completed a publish without a result"));
        }

        /** Stops the reporting, not the message. */
        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }

        /** {@code unlessTaken} is for a message without an outcome, and null only if there is one. */
        void finish(@Nullable RuntimeException unlessTaken) {
            if (!all.remove(this)) {
                return;
            }
            PublishOutcome taken = outcome;
            if (disposed) {
                return;
            }
            disposed = true;
            if (taken != null) {
                caller.onSuccess(taken);
            } else if (unlessTaken != null) {
                caller.onError(unlessTaken);
            }
        }
    }
}
