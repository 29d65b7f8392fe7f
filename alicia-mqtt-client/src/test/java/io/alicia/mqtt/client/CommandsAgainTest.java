package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.FakeTransport.FakeConnection.Published;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lamp that is told to toggle, by a message that comes twice because its acknowledgement went with a connection. */
@Timeout(30)
class CommandsAgainTest {

    private final FakeTransport transport = new FakeTransport();
    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private AliciaMqttClient alicia;
    private FakeConnection connection;

    @BeforeEach
    void connect() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .start();
        transport.awaitAttempt();
        connection = transport.accept(false);
    }

    @AfterEach
    void close() {
        connection.lose(); // nothing that was published is waited for
        alicia.close();
    }

    /** How many commands it has carried out is what it answers. */
    private Single<CommandResult> toggle(Command command) {
        carriedOut.add(command.message().orElseThrow());
        return Single.just(CommandResult.builder()
                .success(true)
                .message("on " + carriedOut.size())
                .build());
    }

    @Test
    void is_carried_out_once_and_answered_both_times_with_what_came_of_it() {
        Disposable answering = alicia.commands().onCommand("lamp", this::toggle);
        Arrived first = arrives(enveloped("m-1", 1.5, "a"));
        taken(0);
        Soon.await().until(() -> first.acknowledged() == 1);

        Arrived again = arrives(enveloped("m-1", 1.5, "a"));
        taken(1);

        Soon.await().until(() -> again.acknowledged() == 1);
        assertThat(carriedOut).containsExactly("a");
        assertThat(answers()).hasSize(2).allMatch(answer -> answer.contains("\"on 1\""));
        answering.dispose();
    }

    @Test
    void is_not_begun_with_again_while_it_is_in_the_works() {
        SingleSubject<CommandResult> work = SingleSubject.create();
        Disposable answering = alicia.commands().onCommand("lamp", 2, command -> {
            carriedOut.add("begun");
            return work;
        });
        arrives(enveloped("m-1", 1.5, "a"));
        Soon.await().until(() -> carriedOut.size() == 1);
        Arrived again = arrives(enveloped("m-1", 1.5, "a"));
        Arrived third = arrives(enveloped("m-2", 1.5, "b"));

        work.onSuccess(CommandResult.builder().success(true).build());

        IntStream.range(0, 3).forEach(this::taken);
        Soon.await().until(() -> again.acknowledged() == 1 && third.acknowledged() == 1);
        assertThat(carriedOut).containsExactly("begun", "begun");
        answering.dispose();
    }

    @Test
    void is_carried_out_again_if_it_was_given_up_before_it_was_done() {
        Disposable givenUp = alicia.commands().onCommand("lamp", command -> {
            carriedOut.add("begun");
            return Single.never();
        });
        arrives(enveloped("m-1", 1.5, "a"));
        Soon.await().until(() -> carriedOut.size() == 1);
        givenUp.dispose();

        Disposable answering = alicia.commands().onCommand("lamp", this::toggle);
        arrives(enveloped("m-1", 1.5, "a"));

        taken(0);
        assertThat(carriedOut).containsExactly("begun", "a");
        answering.dispose();
    }

    /** Ids may be free text: a script that calls each of its messages {@code toggle} means each of them. */
    @Test
    void is_another_one_if_it_was_sent_at_another_time_or_by_another() {
        Disposable answering = alicia.commands().onCommand("lamp", this::toggle);

        arrives(enveloped("toggle", 1.5, "a"));
        arrives(enveloped("toggle", 2.5, "b"));
        arrives(enveloped("toggle", 2.5, "c").replace("\"app\"", "\"script\""));
        IntStream.range(0, 3).forEach(this::taken);

        assertThat(carriedOut).containsExactly("a", "b", "c");
        answering.dispose();
    }

    @Test
    void two_bare_ones_that_are_equal_are_two() {
        Disposable answering = alicia.commands().onCommand("lamp", this::toggle);

        arrives("{\"command\":\"toggle\",\"message\":\"a\"}");
        arrives("{\"command\":\"toggle\",\"message\":\"a\"}");
        IntStream.range(0, 2).forEach(this::taken);

        assertThat(carriedOut).containsExactly("a", "a");
        answering.dispose();
    }

    @Test
    void is_remembered_among_the_last_few_hundred() {
        CarriedOut last = new CarriedOut(1);
        for (int i = 0; i < 258; i++) {
            assertThat(last.once(envelope(i), Single.just(done("first"))).blockingGet())
                    .isEqualTo(done("first"));
        }

        assertThat(last.once(envelope(257), Single.just(done("again"))).blockingGet())
                .isEqualTo(done("first"));
        assertThat(last.once(envelope(0), Single.just(done("again"))).blockingGet())
                .isEqualTo(done("again"));
    }

    private static CommandResult done(String message) {
        return CommandResult.builder().success(true).message(message).build();
    }

    private static Envelope<Command> envelope(int number) {
        return Envelope.of("m-" + number, Instant.EPOCH, "app", MessageType.COMMAND, Command.turnOn());
    }

    private static String enveloped(String messageId, double timestamp, String text) {
        return """
                {"message_id":"%s","timestamp":%s,"source":"app","message_type":"command",
                 "payload":{"command":"toggle","message":"%s"}}""".formatted(messageId, timestamp, text);
    }

    private List<String> answers() {
        return connection.published.stream()
                .map(published -> published.message().payload().toUtf8())
                .toList();
    }

    /** The server takes an answer. */
    private void taken(int number) {
        Soon.await().until(() -> connection.published.size() > number);
        Published answer = connection.published.get(number);
        answer.outcome().onSuccess(PublishOutcome.SUCCESS);
    }

    private Arrived arrives(String payload) {
        return transport.arrives(ApplicationMessage.builder()
                .topic(TopicName.of("alicia/commands/lamp"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.AT_LEAST_ONCE)
                .build());
    }
}
