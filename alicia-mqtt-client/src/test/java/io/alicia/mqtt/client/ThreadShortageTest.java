package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A machine that gives no more threads for a while, as a container does at its limit. The JVM says so by an OutOfMemoryError, at which
 * JUnit would end as well; its sibling stands in for it.
 */
@Timeout(30)
class ThreadShortageTest {

    /** More than a client that has just connected keeps for its next work. */
    private static final int BUSY = 8;

    private volatile boolean shortage;
    private volatile boolean allAreBusy;
    private final AtomicInteger denied = new AtomicInteger();
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final FakeTransport transport = new FakeTransport();
    private final ClientThreads threads = new ClientThreads("tight", null, this::thread);
    private final Core core = new Core(
            ClientSettings.builder()
                    .addServers(ServerAddress.of("mqtt://house"))
                    .clientIdentifier("tight")
                    .closeDeadline(Duration.ofSeconds(1))
                    .build(),
            transport,
            OutboxStore.NONE,
            threads,
            new Random(7));

    private Thread thread(Runnable task) {
        if (shortage) {
            denied.incrementAndGet();
            throw new InternalError("unable to create native thread: possibly out of memory or process limits reached");
        }
        return new Thread(task);
    }

    @Test
    void what_came_meanwhile_is_done_when_there_are_threads_again_and_all_goes_on() {
        FakeConnection connection = connect();
        TestSubscriber<ApplicationMessage> reader = new TestSubscriber<>();
        core.stream(
                        new StreamOptions(TopicFilter.of("hall/lamp"), Qos.AT_LEAST_ONCE, false),
                        (message, taken) -> message)
                .subscribe(reader);
        CountDownLatch acknowledged = new CountDownLatch(2);

        keepAllThreadsBusy();
        transport.arriving.onNext(delivery(acknowledged));
        TestObserver<PublishResult> result = publish(connection);
        assertThat(denied).hasPositiveValue();
        reader.assertNoValues();
        result.assertNotComplete();
        shortage = false;

        reader.awaitCount(1);
        result.awaitDone(10, TimeUnit.SECONDS).assertValue(PublishResult::isAcknowledged);
        transport.arriving.onNext(delivery(acknowledged));
        reader.awaitCount(2);
        publish(connection).awaitDone(10, TimeUnit.SECONDS).assertValue(PublishResult::isAcknowledged);
        Awaitility.await().until(() -> acknowledged.getCount() == 0);
        atWork.countDown();
        core.close().test().awaitDone(10, TimeUnit.SECONDS).assertComplete();
        threads.idle().test().awaitDone(10, TimeUnit.SECONDS).assertComplete();
    }

    @Test
    void closing_ends_all_that_is_open_though_no_thread_comes_free_any_more() {
        FakeConnection connection = connect();
        TestSubscriber<ApplicationMessage> reader = new TestSubscriber<>();
        core.stream(
                        new StreamOptions(TopicFilter.of("hall/lamp"), Qos.AT_LEAST_ONCE, false),
                        (message, taken) -> message)
                .subscribe(reader);
        TestObserver<PublishResult> open =
                core.publish(message("hall/lamp/set"), Duration.ofMinutes(1)).test();
        Awaitility.await().until(() -> !connection.published.isEmpty());
        keepAllThreadsBusy();

        core.close().test().awaitDone(10, TimeUnit.SECONDS).assertComplete();

        open.awaitDone(10, TimeUnit.SECONDS).assertValue(result -> result instanceof PublishResult.Unconfirmed);
        reader.awaitDone(10, TimeUnit.SECONDS).assertComplete();
        assertThat(transport.closed).isTrue();
        core.publish(message("hall/lamp/set"), Duration.ofMinutes(1))
                .test()
                .awaitDone(10, TimeUnit.SECONDS)
                .assertValue(result -> result instanceof PublishResult.Dropped);
    }

    @Test
    void a_client_that_has_no_thread_to_begin_with_fails_to_connect_and_is_closed_without_one() {
        shortage = true;
        TestObserver<PublishResult> waiting =
                core.publish(message("hall/lamp/set"), Duration.ofMinutes(1)).test();

        core.start(true).test().awaitDone(10, TimeUnit.SECONDS).assertError(InternalError.class);
        core.close().test().awaitDone(10, TimeUnit.SECONDS).assertComplete();

        waiting.awaitDone(10, TimeUnit.SECONDS).assertValue(result -> result instanceof PublishResult.Dropped);
        assertThat(transport.closed).isTrue();
    }

    @Test
    void steps_that_were_left_to_the_timers_thread_are_done_when_that_has_ended() {
        CompletableSubject transportClosed = CompletableSubject.create();
        AtomicInteger done = new AtomicInteger();
        int steps = 10 * Lane.SHARE;
        transport.closing = Completable.defer(() -> {
            threads.timer().scheduleDirect(this::awaitEndOrInterrupt);
            IntStream.range(0, steps).forEach(step -> core.lane().execute(done::incrementAndGet));
            return transportClosed;
        });
        connect();
        TestObserver<Void> closed = core.close().test();
        Awaitility.await("the hand-over").until(() -> done.get() > Lane.SHARE / 2);

        transportClosed.onComplete();

        closed.awaitDone(10, TimeUnit.SECONDS).assertComplete();
        Awaitility.await().until(() -> done.get() == steps);
        core.lane()
                .execute(() ->
                        IntStream.range(0, steps).forEach(step -> core.lane().execute(done::incrementAndGet)));
        assertThat(done).as("nor is anything lost afterwards").hasValue(2 * steps);
    }

    private void awaitEndOrInterrupt() {
        try {
            atWork.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeConnection connect() {
        core.startTrying();
        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);
        Awaitility.await().until(core::isConnected);
        return connection;
    }

    /** Those that the client has already; the rest of the work waits. */
    private void keepAllThreadsBusy() {
        shortage = true;
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < BUSY; i++) {
            threads.handlers().scheduleDirect(() -> {
                begun.incrementAndGet();
                if (!allAreBusy) {
                    awaitEnd();
                }
            });
        }
        Awaitility.await().until(() -> begun.get() == handlerThreads());
        allAreBusy = true;
    }

    private void awaitEnd() {
        try {
            atWork.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static long handlerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("alicia-mqtt-tight-handler-"))
                .count();
    }

    private TestObserver<PublishResult> publish(FakeConnection connection) {
        int before = connection.published.size();
        TestObserver<PublishResult> result =
                core.publish(message("hall/lamp/set"), Duration.ofMinutes(1)).test();
        Awaitility.await().until(() -> connection.published.size() > before);
        connection.published.get(before).outcome().onSuccess(PublishOutcome.SUCCESS);
        return result;
    }

    private static ApplicationMessage message(String topic) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .qos(Qos.AT_LEAST_ONCE)
                .build();
    }

    private static Delivery delivery(CountDownLatch acknowledged) {
        ApplicationMessage message = message("hall/lamp");
        return new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                acknowledged.countDown();
            }
        };
    }
}
