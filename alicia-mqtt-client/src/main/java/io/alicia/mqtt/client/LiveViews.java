package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The latest value of each key: one subscription at the server however many look, the current value at once, and for one that
 * lags the newest alone.
 */
final class LiveViews<K, V> {

    private final Map<K, Flowable<V>> views = new ConcurrentHashMap<>();
    private final Function<K, Flowable<V>> source;

    LiveViews(Function<K, Flowable<V>> source) {
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
                .distinctUntilChanged();
    }
}
