package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands and their answers, with the answers and the clock in the test's hand. */
@Timeout(30)
class RequestsTest {

    private static final TopicName ANSWERS = TopicName.of("alicia/commands/hall/response");

    private final FakeTransport transport = new FakeTransport();
    private final TestScheduler time = new TestScheduler();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private AliciaMqttClient alicia;
    private FakeConnection connection;

    @BeforeEach
    void connect() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .time(time)
                .meters(registry)
                .start();
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        alicia.closeAsync().subscribe();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
    }

    @Test
    void sends_a_command_only_when_its_answer_would_be_heard() {
        TestObserver<CommandResult> result =
                alicia.commands().command("hall", Command.turnOn()).test();
        Awaitility.await().until(() -> connection.subscribed.size() == 1);
        assertThat(connection.published).isEmpty();

        connection.subscribed.get(0).grant();

        ApplicationMessage command = awaitCommands(1).get(0);
        assertThat(command.responseTopic()).contains(ANSWERS);
        assertThat(command.correlationData()).isPresent();
        answer(command.correlationData(), "");
        result.awaitDone(5, TimeUnit.SECONDS).assertValue(CommandResult::success);
    }

    @Test
    void gives_each_of_many_requests_its_own_answer_in_whatever_order_they_come() {
        List<TestObserver<CommandResult>> results = IntStream.range(0, 20)
                .mapToObj(
                        i -> alicia.commands().command("hall", Command.turnOn()).test())
                .toList();
        List<ApplicationMessage> commands = awaitCommands(20);

        for (int i = 19; i >= 0; i--) {
            answer(commands.get(i).correlationData(), "\"message\": \"" + i + "\"");
        }

        for (int i = 0; i < 20; i++) {
            String own = Integer.toString(i);
            results.get(i)
                    .awaitDone(5, TimeUnit.SECONDS)
                    .assertValue(result -> result.message().equals(Optional.of(own)));
        }
    }

    /** As over 3.1.1, and as devices answer that know no Correlation Data. */
    @Test
    void knows_an_answer_by_the_request_id_in_it() {
        TestObserver<CommandResult> first =
                alicia.commands().command("hall", Command.turnOn()).test();
        TestObserver<CommandResult> second =
                alicia.commands().command("hall", Command.turnOff()).test();
        String secondId =
                awaitCommands(2).get(1).correlationData().orElseThrow().toUtf8();

        answer(Optional.empty(), "\"request_id\": \"" + secondId + "\"");

        second.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        first.assertNotComplete();
    }

    @Test
    void counts_the_answer_that_comes_after_the_time_is_up_once() {
        TestObserver<CommandResult> result =
                alicia.commands().command("hall", Command.turnOn()).test();
        ApplicationMessage command = awaitCommands(1).get(0);
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        result.awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);

        answer(command.correlationData(), "");
        answer(command.correlationData(), "");
        answer(Optional.of(BinaryData.ofUtf8("somebody else's")), "");

        Awaitility.await().until(() -> received() == 3);
        assertThat(lateAnswers()).isEqualTo(1);
    }

    @Test
    void sends_no_command_any_more_whose_caller_was_told_that_its_time_is_up() {
        askedAndAnswered();
        connection.lose();
        TestObserver<CommandResult> unlock =
                alicia.commands().command("hall", Command.of("unlock")).test();

        time.advanceTimeBy(10, TimeUnit.SECONDS);
        unlock.awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void sends_no_command_any_more_that_its_caller_has_given_up() {
        askedAndAnswered();
        connection.lose();
        alicia.commands().command("hall", Command.of("unlock")).test().dispose();

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void does_not_send_a_command_again_that_was_given_up_under_way() {
        TestObserver<CommandResult> open =
                alicia.commands().command("hall", Command.of("open")).test();
        Awaitility.await().until(() -> !connection.subscribed.isEmpty());
        connection.subscribed.get(0).grant();
        Awaitility.await().until(() -> connection.published.size() == 1);
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        open.awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);
        connection.published.get(0).outcome().onError(new SessionEndedException("cut", true, null));
        connection.lose();

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void has_the_server_forget_a_command_when_nobody_waits_for_its_answer_any_more() {
        TestObserver<CommandResult> result =
                alicia.commands().command("hall", Command.turnOn()).test();

        assertThat(awaitCommands(1).get(0).messageExpiryInterval()).contains(Duration.ofSeconds(10));
        result.assertNotComplete();
    }

    @Test
    void does_not_take_the_late_answer_to_one_command_for_that_to_another() {
        TestObserver<CommandResult> open =
                alicia.commands().command("hall", Command.of("open")).test();
        awaitCommands(1);
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        open.awaitDone(5, TimeUnit.SECONDS).assertError(TimeoutException.class);
        TestObserver<CommandResult> close =
                alicia.commands().command("hall", Command.of("close")).test();
        Awaitility.await().until(() -> connection.published.size() == 2);

        answer(Optional.empty(), "\"message\": \"opened\"");
        answer(Optional.empty(), "\"message\": \"closed\"");

        close.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(result -> result.message().equals(Optional.of("closed")));
        assertThat(lateAnswers()).isEqualTo(1);
    }

    @Test
    void knows_an_answer_without_an_id_by_the_command_that_it_names() {
        TestObserver<CommandResult> open =
                alicia.commands().command("hall", Command.of("open")).test();
        TestObserver<CommandResult> close =
                alicia.commands().command("hall", Command.of("close")).test();
        awaitCommands(2);

        answer(Optional.empty(), "\"command\": \"lock\"");
        answer(Optional.empty(), "\"command\": \"close\"");

        close.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(result -> result.command().equals(Optional.of("close")));
        open.assertNotComplete();
    }

    @Test
    void fails_a_command_at_once_that_nobody_is_there_to_receive() {
        TestObserver<CommandResult> result =
                alicia.commands().command("hall", Command.turnOn()).test();
        Awaitility.await().until(() -> !connection.subscribed.isEmpty());
        connection.subscribed.get(0).grant();
        Awaitility.await().until(() -> connection.published.size() == 1);

        connection
                .published
                .get(0)
                .outcome()
                .onSuccess(new PublishOutcome(ReasonCode.NO_MATCHING_SUBSCRIBERS, Optional.empty()));

        result.awaitDone(5, TimeUnit.SECONDS)
                .assertError(failure -> failure instanceof PublishFailedException
                        && String.valueOf(failure.getMessage()).contains("nobody is subscribed"));
    }

    private void askedAndAnswered() {
        TestObserver<CommandResult> result =
                alicia.commands().command("hall", Command.turnOn()).test();
        answer(awaitCommands(1).get(0).correlationData(), "");
        result.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    /** The names of the commands that go out over a new connection, up to one that is sent now. */
    private List<String> sentByTheNextConnection() {
        TestObserver<Void> later =
                alicia.commands().send("hall", Command.of("later")).test();
        Awaitility.await().until(() -> {
            time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            return transport.attempts.size() > 1;
        });
        FakeConnection next = transport.accept(true);
        Awaitility.await()
                .until(() -> next.published.stream()
                        .anyMatch(published ->
                                published.message().payload().toUtf8().contains("later")));
        later.assertNotComplete();
        return next.published.stream()
                .map(published -> published.message().payload().toUtf8())
                .map(payload -> payload.contains("later") ? "later" : payload)
                .toList();
    }

    private double lateAnswers() {
        return registry.get("alicia.mqtt.client.late.answers").functionCounter().count();
    }

    private double received() {
        return registry.get("alicia.mqtt.client.received").functionCounter().count();
    }

    private List<ApplicationMessage> awaitCommands(int count) {
        Awaitility.await().until(() -> !connection.subscribed.isEmpty());
        if (!connection.subscribed.get(0).codes().hasValue()) {
            connection.subscribed.get(0).grant();
        }
        Awaitility.await().until(() -> connection.published.size() == count);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        return connection.published.stream()
                .map(FakeConnection.Published::message)
                .toList();
    }

    private void answer(Optional<BinaryData> correlationData, String more) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(ANSWERS)
                .correlationData(correlationData)
                .payload(BinaryData.ofUtf8("{\"success\": true" + (more.isEmpty() ? "" : ", " + more) + "}"))
                .build();
        transport.arriving.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            /** Has QoS 0. */
            @Override
            public void acknowledge() {}
        });
    }
}
