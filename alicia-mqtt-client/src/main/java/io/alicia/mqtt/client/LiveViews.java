package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The latest value of each key: one subscription at the server however many look, the current value at once, and for one that
 * lags the newest alone. Nothing is shown where there is no value, and nothing is kept of a key that nobody looks at.
 */
final class LiveViews<K, V> {

    private final Map<K, Flowable<Optional<V>>> views = new ConcurrentHashMap<>();
    private final Function<K, Flowable<Optional<V>>> source;

    /** {@code source} says with an empty value that there is none any more: whoever comes later is not shown the one before. */
    LiveViews(Function<K, Flowable<Optional<V>>> source) {
        this.source = source;
    }

    Flowable<V> of(K key) {
        Flowable<Optional<V>> ifNobodyLooks = view(key); // refuses here, at the call, what is no key
        return Flowable.defer(() -> views.computeIfAbsent(key, missing -> ifNobodyLooks))
                .onBackpressureLatest()
                .distinctUntilChanged()
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    private Flowable<Optional<V>> view(K key) {
        return source.apply(key)
                .onBackpressureLatest()
                .doFinally(() -> views.remove(key)) // whoever comes from now on has a view of its own
                .replay(1)
                .refCount();
    }

    /** How many keys somebody looks at. */
    int size() {
        return views.size();
    }
}
