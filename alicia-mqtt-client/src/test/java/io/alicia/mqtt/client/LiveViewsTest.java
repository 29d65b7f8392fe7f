package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewsTest {

    private final AtomicInteger subscriptions = new AtomicInteger();
    private final LiveViews<String, String> views = new LiveViews<>(key -> Flowable.just(Optional.of("value of " + key))
            .concatWith(Flowable.never())
            .doOnSubscribe(subscription -> subscriptions.incrementAndGet()));

    @Test
    void share_one_subscription_while_somebody_looks() {
        Flowable<String> view = views.of("lamp");
        TestSubscriber<String> first = view.test();
        TestSubscriber<String> second = views.of("lamp").test();
        first.cancel();
        TestSubscriber<String> third = view.test();

        assertThat(subscriptions).hasValue(1);
        second.assertValue("value of lamp");
        third.assertValue("value of lamp");
    }

    @Test
    void keep_nothing_of_what_nobody_looks_at() {
        IntStream.range(0, 1_000)
                .mapToObj(i -> views.of("lamp-" + i).subscribe())
                .forEach(Disposable::dispose);

        assertThat(views.size()).isZero();
    }

    @Test
    void can_be_looked_at_again() {
        Flowable<String> view = views.of("lamp");
        view.test().cancel();

        view.test().assertValue("value of lamp");

        assertThat(views.size()).isEqualTo(1);
    }
}
