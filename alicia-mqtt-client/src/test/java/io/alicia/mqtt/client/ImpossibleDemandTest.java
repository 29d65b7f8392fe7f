package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;

/** Streams that are over before they have begun, or by their reader's fault, leave nothing at the server. */
@Timeout(30)
class ImpossibleDemandTest {

    private final FakeTransport transport = new FakeTransport();
    private AliciaMqttClient alicia;
    private TypedTopic<String, String> notes;
    private FakeConnection connection;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .transport(transport.provider())
                .start();
        notes = alicia.topic(TopicTemplate.of("story/{room}/note"), PayloadCodec.text());
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_demand_of_nothing_fails_the_stream_and_ends_its_subscription(long demand) throws InterruptedException {
        Reader reader = new Reader(subscription -> {});
        notes.messages("hall").subscribe(reader);
        awaitFilters(1);
        connection.subscribed.get(0).grant();

        reader.subscription().request(demand);

        assertThat(reader.failure()).hasMessage("a demand of " + demand + " messages: expected 1 or more (§3.9)");
        Awaitility.await()
                .untilAsserted(() -> assertThat(connection.unsubscribed)
                        .flatExtracting(FakeConnection.Unsubscribed::filters)
                        .hasToString("[story/hall/note]"));
    }

    @Test
    void a_stream_that_its_reader_fails_at_once_is_never_subscribed() throws InterruptedException {
        Reader reader = new Reader(subscription -> subscription.request(0));

        notes.messages("hall").subscribe(reader);

        assertThat(reader.failure()).isInstanceOf(IllegalArgumentException.class);
        onlyTheNextIsSubscribed();
    }

    @Test
    void a_stream_that_its_reader_wants_no_more_at_once_is_never_subscribed() {
        notes.messages("hall").takeUntil(Flowable.just("enough")).test().assertComplete();

        onlyTheNextIsSubscribed();
    }

    private void onlyTheNextIsSubscribed() {
        TestSubscriber<Received<String, String>> next =
                notes.messages("kitchen").test();

        awaitFilters(1);
        assertThat(connection.subscribed.get(0).subscriptions().get(0).topicFilter())
                .hasToString("story/kitchen/note");
        next.cancel();
    }

    private void awaitFilters(int count) {
        Awaitility.await().until(() -> connection.subscribed.size() >= count);
        assertThat(connection.subscribed).hasSize(count);
    }

    /** Of a kind that RxJava trusts: it looks at no demand of it. */
    private static final class Reader implements FlowableSubscriber<Received<String, String>> {

        private final Consumer<Subscription> atOnce;
        private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
        private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

        Reader(Consumer<Subscription> atOnce) {
            this.atOnce = atOnce;
        }

        Subscription subscription() {
            return Objects.requireNonNull(subscription.get(), "not subscribed");
        }

        Throwable failure() throws InterruptedException {
            return Objects.requireNonNull(failures.poll(5, TimeUnit.SECONDS), "the stream does not fail");
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription.set(given);
            atOnce.accept(given);
        }

        @Override
        public void onNext(Received<String, String> message) {
            throw new AssertionError("nothing comes");
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(failure);
        }

        @Override
        public void onComplete() {
            // At the client's end.
        }
    }
}
