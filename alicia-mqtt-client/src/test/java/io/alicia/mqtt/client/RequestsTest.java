package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.FakeTransport.FakeConnection.Published;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When commands are sent, and when no more. */
class RequestsTest extends RequestsStory {

    @Test
    void sends_a_command_only_when_its_answer_would_be_heard() {
        TestObserver<CommandResult> result = ask("turn_on");
        Soon.await().until(() -> connection.subscribed.size() == 1);
        assertThat(connection.published).isEmpty();

        connection.subscribed.get(0).grant();

        ApplicationMessage command = awaitCommands(1).get(0);
        assertThat(command.responseTopic()).contains(ANSWERS);
        assertThat(command.correlationData()).isPresent();
        answer(command.correlationData(), "");
        result.awaitDone(5, TimeUnit.SECONDS).assertValue(CommandResult::success);
    }

    /** As over 3.1.1, and as devices answer that know no Correlation Data. */
    @Test
    void sends_no_command_any_more_whose_caller_was_told_that_its_time_is_up() {
        askedAndAnswered();
        connection.lose();
        TestObserver<CommandResult> unlock = ask("unlock");

        timeIsUp(unlock);

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void sends_no_command_any_more_that_its_caller_has_given_up() {
        askedAndAnswered();
        connection.lose();
        ask("unlock").dispose();

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void does_not_send_a_command_again_that_was_given_up_under_way() {
        TestObserver<CommandResult> open = ask("open");
        Published underWay = awaitUnderWay();
        timeIsUp(open);
        underWay.outcome().onError(new SessionEndedException("cut", true, null));
        connection.lose();

        assertThat(sentByTheNextConnection()).containsExactly("later");
    }

    @Test
    void has_the_server_forget_a_command_when_nobody_waits_for_its_answer_any_more() {
        TestObserver<CommandResult> result = ask("turn_on");

        assertThat(awaitCommands(1).get(0).messageExpiryInterval()).contains(Duration.ofSeconds(10));
        result.assertNotComplete();
    }

    @Test
    void fails_a_command_at_once_that_nobody_is_there_to_receive() {
        TestObserver<CommandResult> result = ask("turn_on");

        reachesNobody(awaitUnderWay());

        result.awaitDone(5, TimeUnit.SECONDS)
                .assertError(failure -> failure instanceof PublishFailedException
                        && String.valueOf(failure.getMessage()).contains("nobody is subscribed"));
    }

    private void askedAndAnswered() {
        TestObserver<CommandResult> result = ask("turn_on");
        answer(awaitCommands(1).get(0).correlationData(), "");
        result.awaitDone(5, TimeUnit.SECONDS).assertValueCount(1);
    }

    /** The names of the commands that go out over a new connection, up to one that is sent now. */
    private List<String> sentByTheNextConnection() {
        TestObserver<Void> later =
                alicia.commands().send("hall", Command.of("later")).test();
        Soon.await().until(() -> {
            time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            return transport.attempts.size() > 1;
        });
        FakeConnection next = transport.accept(true);
        Soon.await()
                .until(() -> next.published.stream()
                        .anyMatch(published ->
                                published.message().payload().toUtf8().contains("later")));
        later.assertNotComplete();
        return next.published.stream()
                .map(published -> published.message().payload().toUtf8())
                .map(payload -> payload.contains("later") ? "later" : payload)
                .toList();
    }

    @Test
    void gives_the_subscription_of_the_answers_back_when_there_was_no_further_command_for_a_while() {
        askedAndAnswered();
        assertThat(connection.unsubscribed).isEmpty();

        Soon.await().until(() -> {
            time.advanceTimeBy(1, TimeUnit.MINUTES); // from when the client has noted that nobody waits
            return connection.unsubscribed.size() == 1;
        });
        assertThat(connection.unsubscribed.get(0).filters()).containsExactly(TopicFilter.exactly(ANSWERS));
    }

    @Test
    void has_the_server_forget_a_command_no_sooner_than_its_caller_does() {
        close();
        connect(Duration.ofMillis(900));
        TestObserver<CommandResult> result = ask("turn_on");

        assertThat(awaitCommands(1).get(0).messageExpiryInterval()).contains(Duration.ofSeconds(1));
        result.assertNotComplete();
    }
}
