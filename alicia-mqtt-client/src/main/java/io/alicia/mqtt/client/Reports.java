package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.BackpressureOverflowStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.processors.ReplayProcessor;
import java.util.concurrent.atomic.LongAdder;

/** Tells whoever listens, and never waits for a listener: one that lags loses the oldest beyond {@value #BUFFER}. */
final class Reports<T> {

    static final int BUFFER = 256;

    private final FlowableProcessor<T> all;
    private final LongAdder count;
    private final Scheduler handlers;

    private Reports(FlowableProcessor<T> all, LongAdder count, Scheduler handlers) {
        this.all = all.toSerialized();
        this.count = count;
        this.handlers = handlers;
    }

    /** For those who listen at the moment of a report; counted in {@code count}. */
    static <T> Reports<T> of(Scheduler handlers, LongAdder count) {
        return new Reports<>(PublishProcessor.create(), count, handlers);
    }

    /** For those too who begin to listen later: they get the last report first. */
    static <T> Reports<T> withLatest(Scheduler handlers) {
        return new Reports<>(ReplayProcessor.createWithSize(1), new LongAdder(), handlers);
    }

    void report(T report) {
        count.increment();
        all.onNext(report);
    }

    boolean hasListeners() {
        return all.hasSubscribers();
    }

    Flowable<T> stream() {
        return all.onBackpressureBuffer(BUFFER, () -> {}, BackpressureOverflowStrategy.DROP_OLDEST)
                .observeOn(handlers);
    }

    void close() {
        all.onComplete();
    }
}
