package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the end of a client means to all that goes on, with the network and the clock in the test's hand. */
@Timeout(30)
class CloseTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final FakeTransport transport = new FakeTransport();
    private final TestScheduler time = new TestScheduler();
    private final List<Throwable> undeliverable = new CopyOnWriteArrayList<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private AliciaMqttClient alicia;
    private TypedTopic<String, String> notes;
    private FakeConnection connection;

    @BeforeEach
    void connect() {
        RxJavaPlugins.setErrorHandler(undeliverable::add);
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .time(time)
                .start();
        notes = alicia.topic(NOTES, PayloadCodec.text());
        transport.awaitAttempt();
        connection = transport.accept(false);
        Awaitility.await().until(() -> alicia.connectionState() instanceof ConnectionState.Connected);
    }

    @AfterEach
    void nothingWasUndeliverable() {
        alicia.closeAsync().subscribe();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
        RxJavaPlugins.setErrorHandler(null);
        assertThat(undeliverable).isEmpty();
    }

    @Test
    void ends_all_that_is_open() {
        TestObserver<CommandResult> command =
                alicia.devices().device("hall").command(Command.turnOn()).test();
        TestSubscriber<?> messages = notes.messages().test();
        TestSubscriber<?> status = alicia.devices().status("hall").test();
        TestObserver<Void> subscribed = alicia.subscribed().test();
        TestSubscriber<ConnectionState> states = alicia.connectionStates().test();
        TestSubscriber<?> failures = alicia.handlerErrors().test();

        alicia.close();

        command.awaitDone(5, TimeUnit.SECONDS).assertError(CloseTest::saysClosed);
        subscribed.awaitDone(5, TimeUnit.SECONDS).assertError(CloseTest::saysClosed);
        messages.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        status.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        failures.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        states.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        assertThat(states.values()).last().isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void ends_at_once_whatever_is_begun_afterwards() {
        alicia.close();

        TestObserver<CommandResult> command =
                alicia.devices().device("hall").command(Command.turnOn()).test();
        command.awaitDone(5, TimeUnit.SECONDS).assertError(CloseTest::saysClosed);
        alicia.subscribed().test().awaitDone(5, TimeUnit.SECONDS).assertError(CloseTest::saysClosed);
        alicia.connectAsync().test().awaitDone(5, TimeUnit.SECONDS).assertError(CloseTest::saysClosed);
        notes.messages().test().awaitDone(5, TimeUnit.SECONDS).assertComplete();
        alicia.devices().status("hall").test().awaitDone(5, TimeUnit.SECONDS).assertComplete();
        alicia.handlerErrors().test().awaitDone(5, TimeUnit.SECONDS).assertComplete();
        alicia.connectionStates()
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertComplete()
                .assertValue(ConnectionState.Closed.class::isInstance);
        notes.publishForResult("hall", "x")
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertValueCount(1);
    }

    private static boolean saysClosed(Throwable failure) {
        return failure instanceof IllegalStateException
                && String.valueOf(failure.getMessage()).contains("closed");
    }

    @Test
    void lets_a_handler_finish_and_send_its_answer_before_the_goodbye() {
        SingleSubject<CommandResult> work = SingleSubject.create();
        CountDownLatch begun = new CountDownLatch(1);
        Disposable answering =
                alicia.devices().device("hall").onCommand(command -> work.doOnSubscribe(unused -> begun.countDown()));
        deliver("alicia/devices/hall/command", "{\"command\": \"turn_on\"}");
        Awaitility.await().until(() -> begun.getCount() == 0);

        TestObserver<Void> closed = alicia.closeAsync().test();
        assertThat(connection.closed.hasValue()).as("said goodbye").isFalse();
        work.onSuccess(CommandResult.builder().success(true).build());

        Awaitility.await().until(() -> connection.published.size() == 1);
        assertThat(connection.closed.hasValue()).as("said goodbye").isFalse();
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        assertThat(connection.closed.hasValue()).as("said goodbye").isTrue();
        assertThat(acknowledged).hasSize(1);
        answering.dispose();
    }

    @Test
    void begins_with_no_further_message_and_leaves_it_to_the_server() {
        SingleSubject<Boolean> work = SingleSubject.create();
        List<String> handled = new CopyOnWriteArrayList<>();
        Disposable handling = notes.onMessage(received -> {
            handled.add(received.payload());
            return Completable.fromSingle(work);
        });
        for (String note : new String[] {"1", "2", "3"}) {
            deliver("story/hall/note", note);
        }
        Awaitility.await().until(() -> !handled.isEmpty());

        TestObserver<Void> closed = alicia.closeAsync().test();
        deliver("story/hall/note", "4");
        work.onSuccess(true);

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        assertThat(handled).containsExactly("1");
        assertThat(acknowledged).containsExactly("1");
        handling.dispose();
    }

    @Test
    void interrupts_a_handler_that_blocks_when_the_one_deadline_for_all_is_over() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Disposable blocked = notes.messages().subscribe(received -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        deliver("story/hall/note", "1");
        Awaitility.await().until(() -> begun.getCount() == 0);
        TestObserver<?> unacknowledged = notes.publishForResult("hall", "x").test();
        Awaitility.await().until(() -> connection.published.size() == 1);

        TestObserver<Void> closed = alicia.closeAsync().test();
        time.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
        closed.assertNotComplete();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        Awaitility.await().untilTrue(interrupted);
        assertThat(connection.closed.hasValue()).as("said goodbye").isTrue();
        unacknowledged.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        blocked.dispose();
    }

    @Test
    void leaves_a_transport_that_hangs_to_itself() {
        CountDownLatch begun = new CountDownLatch(1);
        transport.closing = Completable.never().doOnSubscribe(unused -> begun.countDown());

        TestObserver<Void> closed = alicia.closeAsync().test();
        Awaitility.await().until(() -> begun.getCount() == 0);
        time.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
        closed.assertNotComplete();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
    }

    @Test
    void keeps_its_deadline_although_a_handler_and_the_transport_hang() {
        CountDownLatch begun = new CountDownLatch(1);
        Disposable hanging = notes.onMessage(received -> {
            begun.countDown();
            return Completable.never();
        });
        deliver("story/hall/note", "1");
        Awaitility.await().until(() -> begun.getCount() == 0);
        transport.closing = Completable.never();

        TestObserver<Void> closed = alicia.closeAsync().test();
        time.advanceTimeBy(5, TimeUnit.SECONDS);

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        hanging.dispose();
    }

    @Test
    void interrupts_a_supplier_that_hangs() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(1);
        AliciaMqttClient waiting = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(new FakeTransport().provider())
                .account("u", () -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new IllegalStateException("nobody counts it down");
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw new IllegalStateException(e);
                    }
                })
                .start();
        Awaitility.await().until(() -> asked.getCount() == 0);

        waiting.close();

        Awaitility.await().untilTrue(interrupted);
    }

    private void deliver(String topic, String payload) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .build();
        transport.arriving.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                acknowledged.add(payload);
            }
        });
    }

    /** Or it would wait at the server for a client that does not come back. */
    @Test
    void has_the_server_forget_the_session_that_nobody_asked_for() {
        alicia.closeAsync().subscribe();

        Soon.await().until(() -> !connection.goodbyes.isEmpty());

        assertThat(connection.goodbyes).containsExactly(Optional.of(Duration.ZERO));
    }
}
