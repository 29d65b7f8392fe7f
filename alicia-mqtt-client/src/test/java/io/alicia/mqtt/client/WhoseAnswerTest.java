package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answer belongs to which command. */
class WhoseAnswerTest extends RequestsStory {

    @Test
    void gives_each_of_many_requests_its_own_answer_in_whatever_order_they_come() {
        List<TestObserver<CommandResult>> results =
                IntStream.range(0, 20).mapToObj(i -> ask("turn_on")).toList();
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

    /** In an envelope that is called as the request is, as a service of the bus answers over 3.1.1, or in the answer itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"success": true, "request_id": "%s"}""",
                """
                {"success": true, "message_id": "%s"}""",
                """
                {"message_id": "%s", "timestamp": 1757685600.5, "source": "hall", "message_type": "response",
                 "payload": {"success": true, "command": "turn_on"}}""",
            })
    void knows_an_answer_by_the_id_in_it(String answer) {
        TestObserver<CommandResult> first = ask("turn_on");
        TestObserver<CommandResult> second = ask("turn_on");
        String secondId =
                awaitCommands(2).get(1).correlationData().orElseThrow().toUtf8();

        arrives(answers(answer.formatted(secondId)));

        second.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
        first.assertNotComplete();
    }

    @Test
    void counts_the_answer_that_comes_after_the_time_is_up_once() {
        TestObserver<CommandResult> result = ask("turn_on");
        ApplicationMessage command = awaitCommands(1).get(0);
        timeIsUp(result);

        answer(command.correlationData(), "");
        answer(command.correlationData(), "");
        answer(Optional.of(BinaryData.ofUtf8("somebody else's")), "");

        awaitTaken(3);
        assertThat(lateAnswers()).isEqualTo(1);
    }

    @Test
    void does_not_take_the_late_answer_to_one_command_for_that_to_another() {
        TestObserver<CommandResult> open = ask("open");
        awaitCommands(1);
        timeIsUp(open);
        TestObserver<CommandResult> close = ask("close");
        Soon.await().until(() -> connection.published.size() == 2);

        answer(Optional.empty(), "\"message\": \"opened\"");
        answer(Optional.empty(), "\"message\": \"closed\"");

        close.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(result -> result.message().equals(Optional.of("closed")));
        assertThat(lateAnswers()).isEqualTo(1);
    }

    @Test
    void knows_an_answer_without_an_id_by_the_command_that_it_names() {
        TestObserver<CommandResult> open = ask("open");
        TestObserver<CommandResult> close = ask("close");
        awaitCommands(2);

        answer(Optional.empty(), "\"command\": \"lock\"");
        answer(Optional.empty(), "\"command\": \"close\"");

        close.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(result -> result.command().equals(Optional.of("close")));
        open.assertNotComplete();
    }

    @Test
    void takes_an_envelope_with_an_id_of_its_own_for_the_answer_to_the_only_request() {
        TestObserver<CommandResult> only = ask("turn_on");
        awaitCommands(1);

        arrives(answers("""
                {"message_id": "its own", "timestamp": 1757685600.5, "source": "hall", "message_type": "response",
                 "payload": {"success": true, "command": "turn_on"}}"""));

        only.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    /** A gateway between two houses of MQTT 5 puts its own Correlation Data on what it forwards. */
    @Test
    void knows_an_answer_by_its_request_id_although_its_correlation_data_is_of_another() {
        TestObserver<CommandResult> result = ask("turn_on");
        String id = awaitCommands(1).get(0).correlationData().orElseThrow().toUtf8();

        answer(Optional.of(BinaryData.ofUtf8("the gateway's")), "\"request_id\": \"" + id + "\"");

        result.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    @Test
    void does_not_take_for_an_answer_what_came_before_the_command_was_sent() {
        TestObserver<CommandResult> result = ask("turn_on");
        Soon.await().until(() -> !connection.subscribed.isEmpty());

        answer(Optional.empty(), "\"message\": \"before\"");
        awaitTaken(1);
        awaitCommands(1);
        answer(Optional.empty(), "\"message\": \"after\"");

        result.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(answer -> answer.message().equals(Optional.of("after")));
    }

    /** Devices that set RETAIN on all that they send leave their last answer behind. */
    @Test
    void does_not_take_a_retained_answer_for_that_to_a_new_command() {
        TestObserver<CommandResult> result = ask("turn_on");
        awaitCommands(1);

        arrives(answers("{\"success\": true, \"message\": \"last week\"}").toBuilder()
                .retain(true)
                .build());
        answer(Optional.empty(), "\"message\": \"now\"");

        result.awaitDone(5, TimeUnit.SECONDS)
                .assertValue(answer -> answer.message().equals(Optional.of("now")));
    }

    /** As a device of 3.1.1 that was starting up when the first one came. */
    @Test
    void has_one_answer_that_never_comes_cost_one_further_command_at_most() {
        TestObserver<CommandResult> missed = ask("turn_on");
        awaitCommands(1);
        timeIsUp(missed);
        TestObserver<CommandResult> unclear = ask("turn_off");
        awaitCommands(2);
        answer(Optional.empty(), "");
        Soon.await().until(() -> lateAnswers() == 1);
        timeIsUp(unclear);

        TestObserver<CommandResult> next = ask("turn_on");
        awaitCommands(3);
        answer(Optional.empty(), "");

        next.awaitDone(5, TimeUnit.SECONDS).assertValue(CommandResult::success);
    }

    @Test
    void expects_no_late_answer_to_a_command_that_nobody_got() {
        TestObserver<CommandResult> unheard = ask("turn_on");
        reachesNobody(awaitUnderWay());
        unheard.awaitDone(5, TimeUnit.SECONDS).assertError(PublishFailedException.class);

        TestObserver<CommandResult> next = ask("turn_off");
        awaitCommands(2);
        answer(Optional.empty(), "");

        next.awaitDone(5, TimeUnit.SECONDS).assertValue(CommandResult::success);
    }

    @Test
    void expects_a_late_answer_no_longer_than_the_command_timeout() {
        TestObserver<CommandResult> missed = ask("turn_on");
        awaitCommands(1);
        timeIsUp(missed);
        time.advanceTimeBy(10, TimeUnit.SECONDS);

        TestObserver<CommandResult> next = ask("turn_off");
        awaitCommands(2);
        answer(Optional.empty(), "");

        next.awaitDone(5, TimeUnit.SECONDS).assertValue(CommandResult::success);
    }

    private static ApplicationMessage answers(String json) {
        return ApplicationMessage.builder()
                .topic(ANSWERS)
                .payload(BinaryData.ofUtf8(json))
                .build();
    }

    private double lateAnswers() {
        return registry.get("alicia.mqtt.client.late.answers").functionCounter().count();
    }

    private void awaitTaken(int count) {
        Soon.await()
                .until(() -> received() == count
                        && registry.get("alicia.mqtt.client.received.waiting")
                                        .gauge()
                                        .value()
                                == 0);
    }

    private double received() {
        return registry.get("alicia.mqtt.client.received").functionCounter().count();
    }
}
