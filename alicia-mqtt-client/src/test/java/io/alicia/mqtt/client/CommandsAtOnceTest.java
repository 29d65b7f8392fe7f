package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.FakeTransport.FakeConnection.Published;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** A service that carries out several commands at a time. */
@Timeout(30)
class CommandsAtOnceTest {

    private final FakeTransport transport = new FakeTransport();
    private final Map<String, SingleSubject<CommandResult>> begun = new ConcurrentHashMap<>();
    private AliciaMqttClient alicia;
    private FakeConnection connection;

    @BeforeEach
    void connect() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("speech")
                .closeDeadline(Duration.ofSeconds(10))
                .transport(transport.provider())
                .start();
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        connection.lose(); // nothing that was published is waited for
        begun.values().forEach(result -> result.onSuccess(done()));
        alicia.close();
    }

    /** Work that ends when the test says so. */
    private Single<CommandResult> begin(Command command) {
        SingleSubject<CommandResult> result = SingleSubject.create();
        begun.put(command.message().orElseThrow(), result);
        return result;
    }

    @Test
    void begins_as_many_as_it_may_and_acknowledges_each_once_its_answer_was_published() {
        Disposable answering = alicia.commands().onCommand("speech", 2, this::begin);
        Arrived first = arrives("first");
        Arrived second = arrives("second");
        Arrived third = arrives("third");
        awaitBegun("first", "second");

        end("second");

        Published answer = awaitAnswer(0);
        assertThat(second.acknowledged()).isZero();
        assertThat(begun).doesNotContainKey("third");
        taken(answer);
        awaitBegun("first", "second", "third");
        assertThat(second.acknowledged()).isEqualTo(1);
        assertThat(first.acknowledged()).isZero();
        assertThat(third.acknowledged()).isZero();
        answering.dispose();
    }

    @Test
    void handlers_that_block_are_at_work_at_the_same_time_each_with_the_context_of_its_command() {
        CyclicBarrier together = new CyclicBarrier(3);
        List<String> contexts = new CopyOnWriteArrayList<>();
        Disposable answering = alicia.devices()
                .device("speech")
                .onCommand(
                        3,
                        command -> Single.fromCallable(() -> {
                            together.await(20, TimeUnit.SECONDS);
                            contexts.add(Thread.currentThread().getName().replaceAll("\\d+$", "") + " "
                                    + MDC.get("mqtt.client") + " " + MDC.get("mqtt.topic"));
                            return done();
                        }));

        IntStream.range(0, 3).forEach(i -> arrives("alicia/devices/speech/command", "n" + i));

        Awaitility.await().until(() -> contexts.size() == 3);
        assertThat(contexts).containsOnly("alicia-mqtt-speech-handler- speech alicia/devices/speech/command");
        answering.dispose();
    }

    @Test
    void one_that_fails_is_answered_and_makes_room_for_the_next() {
        Disposable answering = alicia.commands().onCommand("speech", 2, command -> {
            if (command.message().orElseThrow().startsWith("bad")) {
                throw new StackOverflowError();
            }
            return begin(command);
        });

        arrives("bad 1");
        arrives("bad 2");
        arrives("good 1");
        arrives("good 2");
        taken(awaitAnswer(0));
        taken(awaitAnswer(1));

        awaitBegun("good 1", "good 2");
        assertThat(connection.published)
                .extracting(answer -> answer.message().payload().toUtf8())
                .allMatch(answer -> answer.contains("\"success\":false") && answer.contains("StackOverflowError"));
        answering.dispose();
    }

    @Test
    void disposing_gives_back_all_that_are_under_way() {
        Disposable answering = alicia.commands().onCommand("speech", 2, this::begin);
        List<Arrived> commands = List.of(arrives("first"), arrives("second"), arrives("third"));
        awaitBegun("first", "second");

        answering.dispose();

        Awaitility.await().untilAsserted(() -> assertThat(commands).allMatch(command -> command.acknowledged() == 1));
        assertThat(begun.values()).noneMatch(SingleSubject::hasObservers);
        assertThat(begun).hasSize(2);
    }

    @Test
    void closing_waits_for_all_that_are_under_way_and_begins_with_no_other() throws InterruptedException {
        Disposable answering = alicia.commands().onCommand("speech", 2, this::begin);
        Arrived first = arrives("first");
        Arrived second = arrives("second");
        Arrived third = arrives("third");
        awaitBegun("first", "second");
        CountDownLatch closed = new CountDownLatch(1);
        Completable closing = alicia.closeAsync().doOnComplete(closed::countDown);
        Disposable waiting = closing.subscribe();

        end("first");
        taken(awaitAnswer(0));
        assertThat(closed.getCount()).isEqualTo(1);
        end("second");
        taken(awaitAnswer(1));

        closed.await();
        assertThat(first.acknowledged()).isEqualTo(1);
        assertThat(second.acknowledged()).isEqualTo(1);
        assertThat(third.acknowledged()).isZero();
        assertThat(begun).hasSize(2);
        waiting.dispose();
        answering.dispose();
    }

    @Test
    void refuses_a_number_that_cannot_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alicia.commands().onCommand("speech", 0, this::begin))
                .withMessage("commands at once: 0, expected 1 to 1024");
    }

    private static CommandResult done() {
        return CommandResult.builder().success(true).build();
    }

    private void end(String command) {
        begun.getOrDefault(command, SingleSubject.create()).onSuccess(done());
    }

    private void awaitBegun(String... commands) {
        Awaitility.await().untilAsserted(() -> assertThat(begun).containsOnlyKeys(commands));
    }

    private Published awaitAnswer(int number) {
        Awaitility.await().until(() -> connection.published.size() > number);
        return connection.published.get(number);
    }

    private static void taken(Published answer) {
        answer.outcome().onSuccess(PublishOutcome.SUCCESS);
    }

    private Arrived arrives(String text) {
        return arrives("alicia/commands/speech", text);
    }

    private Arrived arrives(String topic, String text) {
        return transport.arrives(ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8("{\"command\":\"announce\",\"message\":\"" + text + "\"}"))
                .qos(Qos.AT_LEAST_ONCE)
                .build());
    }
}
