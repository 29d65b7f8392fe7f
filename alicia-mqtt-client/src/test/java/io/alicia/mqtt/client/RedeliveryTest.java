package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends again because the connection ended before it was acknowledged, and a handler that takes its time. */
@Timeout(30)
class RedeliveryTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final FakeTransport transport = new FakeTransport();
    private final TestScheduler time = new TestScheduler();
    private final List<Work> works = new CopyOnWriteArrayList<>();
    private AliciaMqttClient alicia;
    private FakeConnection connection;
    private Disposable handling;

    /** A message that the handler works on until the test says that it is done. */
    private record Work(String payload, CompletableSubject done) {}

    @BeforeEach
    void handleOneAfterTheOther() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .time(time)
                .start();
        handling = alicia.topic(NOTES, PayloadCodec.text()).onMessage(note -> {
            Work work = new Work(note.payload(), CompletableSubject.create());
            works.add(work);
            return work.done();
        });
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        handling.dispose();
        alicia.closeAsync().subscribe();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
    }

    @Test
    void is_not_handled_again_if_it_still_waits() {
        arrives("a");
        arrives("b");
        arrives("c");
        awaitWorks("a");

        reconnect();
        Arrived a = comesAgain("a");
        Arrived b = comesAgain("b");
        Arrived c = comesAgain("c");
        Arrived d = arrives("d");
        for (int i = 0; i < 4; i++) {
            assertThat(a.acknowledged() + b.acknowledged() + c.acknowledged() + d.acknowledged())
                    .isEqualTo(i);
            Soon.await().until(workNumber(i));
            works.get(i).done().onComplete();
        }

        awaitWorks("a", "b", "c", "d");
        Soon.await().until(() -> a.acknowledged() == 1 && d.acknowledged() == 1);
        assertThat(List.of(b.acknowledged(), c.acknowledged())).containsExactly(1, 1);
    }

    @Test
    void is_acknowledged_at_once_if_it_was_done_while_there_was_no_connection() {
        arrives("a");
        awaitWorks("a");
        connection.lose();
        works.get(0).done().onComplete();
        acceptNext(true);

        Arrived again = comesAgain("a");

        Soon.await().until(() -> again.acknowledged() == 1);
        awaitWorks("a");
    }

    @Test
    void comes_as_often_as_connections_end_and_is_handled_once() {
        arrives("a");
        arrives("b");
        awaitWorks("a");
        for (int i = 0; i < 5; i++) {
            reconnect();
            comesAgain("a");
            if (i % 2 == 0) {
                comesAgain("b"); // the other times the connection ends before that
            }
        }
        reconnect();
        Arrived a = comesAgain("a");
        Arrived b = comesAgain("b");

        works.get(0).done().onComplete();
        Soon.await().until(workNumber(1));
        works.get(1).done().onComplete();

        Soon.await().until(() -> a.acknowledged() == 1 && b.acknowledged() == 1);
        awaitWorks("a", "b");
    }

    /** What the transport holds for an acknowledgement that cannot be sent any more would fill it up. */
    @Test
    void is_given_back_to_the_transport_when_its_connection_ends() {
        arrives("a");
        Arrived waits = arrives("b");
        awaitWorks("a");

        connection.lose();

        Soon.await().until(() -> waits.acknowledged() == 1);
    }

    @Test
    void is_known_although_its_expiry_has_come_nearer() {
        arrives(
                note("a").toBuilder()
                        .messageExpiryInterval(Duration.ofSeconds(60))
                        .build(),
                false);
        awaitWorks("a");
        reconnect();

        Arrived again = arrives(
                note("a").toBuilder()
                        .messageExpiryInterval(Duration.ofSeconds(57))
                        .build(),
                true);
        works.get(0).done().onComplete();

        Soon.await().until(() -> again.acknowledged() == 1);
        awaitWorks("a");
    }

    /** A button that is pressed again while the server has lost what it had under way. */
    @Test
    void is_not_taken_for_what_a_new_message_says_as_well() {
        arrives("pressed");
        awaitWorks("pressed");
        reconnect();

        arrives("pressed");
        works.get(0).done().onComplete();

        awaitWorks("pressed", "pressed");
        works.get(1).done().onComplete();
    }

    /** Its acknowledgement was on the way when the network went. */
    @Test
    void is_handled_again_if_it_was_acknowledged_and_the_server_does_not_know() {
        Arrived first = arrives("a");
        awaitWorks("a");
        works.get(0).done().onComplete();
        Soon.await().until(() -> first.acknowledged() == 1);
        reconnect();

        comesAgain("a");

        awaitWorks("a", "a");
        works.get(1).done().onComplete();
    }

    /** A transport acknowledges in the order of arrival: of what waits behind another one the server has heard nothing. */
    @Test
    void is_not_handled_again_if_its_acknowledgement_had_to_wait_for_that_of_another() {
        Arrived lost = arrives("a");
        arrives("b");
        arrives("c");
        awaitWorks("a");
        works.get(0).done().onComplete();
        Soon.await().until(() -> lost.acknowledged() == 1);
        reconnect();
        comesAgain("a"); // waits behind b and c
        Arrived behind = comesAgain("b");
        comesAgain("c");
        awaitWorks("a", "b");
        works.get(1).done().onComplete();
        Soon.await().until(() -> behind.acknowledged() == 1);

        reconnect();
        Arrived a = comesAgain("a");
        Arrived b = comesAgain("b");
        Arrived c = comesAgain("c");
        arrives("d");
        for (int i = 2; i < 5; i++) {
            Soon.await().until(workNumber(i));
            works.get(i).done().onComplete();
        }

        awaitWorks("a", "b", "c", "a", "d");
        Soon.await().until(() -> a.acknowledged() + b.acknowledged() + c.acknowledged() == 3);
    }

    @Test
    void is_not_handled_again_by_a_handler_that_is_quicker_than_another_one() {
        List<String> quick = new CopyOnWriteArrayList<>();
        Disposable other = alicia.topic(TopicTemplate.of("quick/{room}"), PayloadCodec.text())
                .onMessage(note -> Completable.fromAction(() -> quick.add(note.payload())));
        arrives("slow");
        Arrived first = arrives(message("quick/hall", "1"), false);
        awaitWorks("slow");
        Soon.await().until(() -> first.acknowledged() == 1);

        reconnect();
        comesAgain("slow");
        Arrived again = arrives(message("quick/hall", "1"), true);
        Arrived next = arrives(message("quick/hall", "2"), false);

        Soon.await().until(() -> again.acknowledged() + next.acknowledged() == 2);
        assertThat(quick).containsExactly("1", "2");
        other.dispose();
    }

    /** A server may send as soon as it has accepted, and the network may go before the transport has told of the connection. */
    @Test
    void is_not_handled_again_if_it_came_before_a_connection_that_did_not_come_about() {
        connection.lose();
        awaitNextAttempt();
        arrives("a");
        awaitWorks("a");
        transport
                .lastAttempt()
                .answer()
                .onError(new ConnectFailedException(
                        ServerAddress.of("mqtt://house"), new ConnectFailure.ClosedEarly("cable pulled"), null));
        acceptNext(true);

        Arrived again = comesAgain("a");
        works.get(0).done().onComplete();

        Soon.await().until(() -> again.acknowledged() == 1);
        awaitWorks("a");
    }

    private Callable<Boolean> workNumber(int index) {
        return () -> works.size() > index;
    }

    private void awaitWorks(String... payloads) {
        Soon.await()
                .untilAsserted(() -> assertThat(works).extracting(Work::payload).containsExactly(payloads));
    }

    private void reconnect() {
        connection.lose();
        acceptNext(true);
    }

    private void acceptNext(boolean sessionPresent) {
        awaitNextAttempt();
        connection = transport.accept(sessionPresent);
    }

    private void awaitNextAttempt() {
        int before = transport.attempts.size();
        Soon.await().until(() -> {
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            return transport.attempts.size() > before;
        });
    }

    private Arrived arrives(String payload) {
        return arrives(note(payload), false);
    }

    private Arrived comesAgain(String payload) {
        return arrives(note(payload), true);
    }

    private Arrived arrives(ApplicationMessage message, boolean duplicate) {
        Arrived delivery = new Arrived(message, duplicate, new AtomicInteger());
        transport.arriving.onNext(delivery);
        return delivery;
    }

    private static ApplicationMessage note(String payload) {
        return message("story/hall/note", payload);
    }

    private static ApplicationMessage message(String topic, String payload) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.AT_LEAST_ONCE)
                .build();
    }

    private record Arrived(ApplicationMessage message, boolean isDuplicate, AtomicInteger count) implements Delivery {

        @Override
        public void acknowledge() {
            count.set(1);
        }

        int acknowledged() {
            return count.get();
        }
    }
}
