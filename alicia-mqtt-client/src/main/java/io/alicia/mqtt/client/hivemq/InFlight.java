package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.Flowable;
import io.reactivex.FlowableSubscriber;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * The publishes of a session that have no outcome yet, so that they can be failed when the session is left behind: the HiveMQ
 * client itself would keep them waiting for a connection that never comes.
 */
final class InFlight {

    private final Set<Pending> all = ConcurrentHashMap.newKeySet();

    Single<PublishOutcome> publish(Supplier<Flowable<PublishOutcome>> publish) {
        return Single.create(emitter -> {
            Pending pending = new Pending(emitter);
            all.add(pending);
            publish.get().subscribe(pending);
        });
    }

    void failAll(RuntimeException failure) {
        all.forEach(pending -> pending.finish(failure));
    }

    /** One message; its flow completes after the outcome when the last packet of its handshake is through. */
    private final class Pending implements FlowableSubscriber<PublishOutcome> {

        private final SingleEmitter<PublishOutcome> emitter;
        private volatile @Nullable PublishOutcome outcome;

        Pending(SingleEmitter<PublishOutcome> emitter) {
            this.emitter = emitter;
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
            finish(Failures.operation(failure));
        }

        @Override
        public void onComplete() {
            finish(new IllegalStateException("the HiveMQ client completed a publish without a result"));
        }

        void finish(RuntimeException unlessTaken) {
            if (!all.remove(this)) {
                return;
            }
            PublishOutcome taken = outcome;
            if (taken == null) {
                emitter.tryOnError(unlessTaken);
            } else {
                emitter.onSuccess(taken);
            }
        }
    }
}
