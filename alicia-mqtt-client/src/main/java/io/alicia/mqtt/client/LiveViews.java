package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The latest value of each key: one subscription at the server however many look, the current value at once, and for one that
 * lags the newest alone. Nothing is shown where there is no value.
 */
final class LiveViews<K, V> {

    private final Map<K, Flowable<Optional<V>>> views = new ConcurrentHashMap<>();
    private final Function<K, Flowable<Optional<V>>> source;

    /** {@code source} says with an empty value that there is none any more: whoever comes later is not shown the one before. */
    LiveViews(Function<K, Flowable<Optional<V>>> source) {
        this.source = source;
    }

    Flowable<V> of(K key) {
        return views.computeIfAbsent(
                        key,
                        missing -> source.apply(missing)
                                .onBackpressureLatest()
                                .replay(1)
                                .refCount())
                .onBackpressureLatest()
                .distinctUntilChanged()
                .filter(Optional::isPresent)
                .map(Optional::get);
    }
}
