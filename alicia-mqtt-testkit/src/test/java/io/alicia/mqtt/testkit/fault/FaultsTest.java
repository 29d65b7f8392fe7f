package io.alicia.mqtt.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.client.Backoff;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.time.VirtualTime;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("notes/{room}");
    // A server that drops a client at once is given longer and longer pauses; here the test drops it, again and again.
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

    private final VirtualTime time = new VirtualTime();
    private final TestBroker broker = TestBroker.builder().time(time).start();

    @AfterEach
    void stop() {
        broker.faults().liftAll();
        broker.close();
    }

    @Test
    void what_is_held_up_goes_on_when_its_time_has_come() {
        AliciaMqtt alicia = broker.connect("alicia");
        InjectedFault held = broker.faults().next(Fault.hold(Kind.PUBACK, Duration.ofHours(1)));

        TestObserver<PublishResult> result = publish(alicia, "1");
        held.awaitHit();
        time.pass(Duration.ofSeconds(1));
        result.assertNotComplete();
        time.pass(Duration.ofMinutes(59));
        time.pass(Duration.ofMinutes(1));

        result.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    @Test
    void a_message_expires_in_the_tests_own_time() {
        AliciaMqtt alicia = broker.connect("alicia");
        TestObserver<PublishResult> result;
        try (InjectedFault held = broker.faults().always(new Fault.Hold(Packets.of(Kind.PUBACK)))) {
            result = alicia.topic(NOTES, PayloadCodec.text())
                    .withDeadline(Duration.ofMinutes(2))
                    .publishForResult("hall", "1")
                    .test();
            held.awaitHit();
            time.pass(Duration.ofMinutes(3));

            result.awaitDone(5, TimeUnit.SECONDS).assertValue(outcome -> outcome instanceof PublishResult.Unconfirmed);
        }
    }

    /**
     * Commands and answers lose their acknowledgements with the connection, on either side. What is left of them arrives
     * with the next command, which is left in peace: no message takes its connection with it three times.
     */
    @Test
    void a_command_is_carried_out_once_when_acknowledgements_are_cut_in_a_row() {
        AliciaMqtt esp32 = broker.connect(
                "alicia", client -> client.time(Schedulers.computation()).backoff(QUICK));
        AliciaMqtt app = broker.connect(
                "alicia", client -> client.time(Schedulers.computation()).backoff(QUICK));
        List<String> carriedOut = new CopyOnWriteArrayList<>();
        Disposable speaker = esp32.devices().device("speaker").onCommand(command -> {
            carriedOut.add(command.message().orElseThrow());
            return Single.just(CommandResult.builder().success(true).build());
        });
        esp32.subscribed().blockingAwait();
        Packets acknowledgements = Packets.of(Kind.PUBACK);

        for (int i = 0; i < 10; i++) {
            Packets cutOff = i % 2 == 0 ? acknowledgements.toClients() : acknowledgements.fromClients();
            InjectedFault cuts = broker.faults().next(2, new Fault.Cut(cutOff));
            command(app, "cut off " + i);
            await().until(() -> cuts.hits() == 2);
            command(app, "in peace " + i);
        }

        assertThat(carriedOut)
                .containsExactlyElementsOf(IntStream.range(0, 10)
                        .boxed()
                        .flatMap(i -> Stream.of("cut off " + i, "in peace " + i))
                        .toList());
        speaker.dispose();
    }

    private static void command(AliciaMqtt app, String message) {
        app.devices()
                .device("speaker")
                .command(Command.announce(message))
                .test()
                .awaitDone(20, TimeUnit.SECONDS)
                .assertValue(CommandResult::success);
    }

    /** Twice in a row: a message that takes its connection with it three times may rightly be held to be at fault. */
    @Test
    void nothing_is_lost_when_acknowledgements_are_cut_in_a_row() {
        AliciaMqtt alicia = broker.connect(
                "alicia", client -> client.time(Schedulers.computation()).backoff(QUICK));
        InjectedFault cut =
                broker.faults().next(2, new Fault.Cut(Packets.of(Kind.PUBACK).toClients()));

        List<TestObserver<PublishResult>> results =
                IntStream.range(0, 30).mapToObj(i -> publish(alicia, "n" + i)).toList();

        results.forEach(result -> result.awaitDone(20, TimeUnit.SECONDS).assertValue(PublishResult::isAcknowledged));
        cut.awaitHit();
    }

    @Test
    void concerns_the_packets_that_it_names_and_no_others() {
        Packets packets = Packets.of(Kind.PUBLISH).toClient("bulb").onTopic("a/+");

        assertThat(packets).hasToString("PUBLISH on a/+ to bulb");
        assertThat(new Fault.Drop(packets)).hasToString("drop PUBLISH on a/+ to bulb");
        assertThat(Fault.cut(Kind.CONNACK)).hasToString("cut at CONNACK");
    }

    @Test
    void a_probability_is_between_0_and_1() {
        assertThatThrownBy(() -> broker.faults().atRandom(1.5)).hasMessageContaining("expected 0 to 1");
    }

    private static TestObserver<PublishResult> publish(AliciaMqtt alicia, String payload) {
        return alicia.topic(NOTES, PayloadCodec.text())
                .publishForResult("hall", payload)
                .test();
    }
}
