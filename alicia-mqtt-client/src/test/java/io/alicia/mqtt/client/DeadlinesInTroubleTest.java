package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deadlines while memory runs out for a moment. */
class DeadlinesInTroubleTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Timer timer = new Timer();
    private final Lane lane = new Lane(Runnable::run);
    private final Outbox outbox = new Outbox(
            lane,
            timer,
            InstantSource.system(),
            Runnable::run,
            OfflineQueue.DEFAULT,
            OutboxStore.NONE,
            10,
            new ClientCounts());

    @Test
    void hold_again_after_there_was_no_memory_for_a_timer() {
        timer.isOutOfMemory = true;
        TestObserver<PublishResult> first = publish();
        timer.isOutOfMemory = false;
        TestObserver<PublishResult> second = publish();

        timer.time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        first.assertValue(new PublishResult.Expired());
        second.assertValue(new PublishResult.Expired());
    }

    @Test
    void hold_after_a_look_at_them_that_failed() {
        OutboxQueue queue = new OutboxQueue(OfflineQueue.DEFAULT, new ClientCounts());
        UnderWay underWay = new UnderWay(10, OfflineQueue.DEFAULT, new ClientCounts());
        Endings endings = new Endings(
                lane, timer, queue, OutboxStore.NONE, new Handshakes(lane, OutboxStore.NONE), new ClientCounts());
        Deadlines deadlines = new Deadlines(lane, timer, queue, underWay, endings, () -> {
            throw new IllegalStateException("Java heap space");
        });
        TestObserver<PublishResult> first = queued(queue, 1);
        TestObserver<PublishResult> second = queued(queue, 2);
        queue.all().forEach(deadlines::watch);

        timer.time.advanceTimeBy(3, TimeUnit.SECONDS);

        first.assertValue(new PublishResult.Expired());
        second.assertValue(new PublishResult.Expired());
    }

    private static TestObserver<PublishResult> queued(OutboxQueue queue, int seconds) {
        TestObserver<PublishResult> result = new TestObserver<>();
        Outgoing outgoing =
                new Outgoing(message(), new Outgoing.Accepted(0, 0), seconds * 1_000L, result, Runnable::run);
        result.onSubscribe(outgoing);
        outgoing.sequence(seconds);
        queue.putBack(outgoing);
        return result;
    }

    private TestObserver<PublishResult> publish() {
        return outbox.publish(message(), DEADLINE).test();
    }

    private static ApplicationMessage message() {
        return ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.EMPTY)
                .build();
    }

    /** Virtual time that may have no room for another timer. */
    private static final class Timer extends Scheduler {

        private final TestScheduler time = new TestScheduler();
        private boolean isOutOfMemory;

        @Override
        public Disposable scheduleDirect(Runnable run, long delay, TimeUnit unit) {
            if (isOutOfMemory) {
                throw new IllegalStateException("Java heap space"); // an Error in truth, at which JUnit would end
            }
            return time.scheduleDirect(run, delay, unit);
        }

        @Override
        public long now(TimeUnit unit) {
            return time.now(unit);
        }

        @Override
        public Worker createWorker() {
            return time.createWorker();
        }
    }
}
