package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TraceContextTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");
    private static final TopicTemplate<String> ANSWERS = TopicTemplate.of("story/{room}/answer");

    /** The example of the recommendation, section 3.2. */
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final FakeTransport transport = new FakeTransport();
    private final List<ApplicationMessage> acknowledged = new CopyOnWriteArrayList<>();

    @Test
    void passes_from_the_message_that_is_handled_to_those_that_are_published_meanwhile() {
        AliciaMqttClient alicia = client();
        List<Optional<String>> handled = new CopyOnWriteArrayList<>();
        Disposable handling = alicia.topic(NOTES, PayloadCodec.text()).onMessage(note -> {
            handled.add(TraceContext.ofHandledMessage().map(TraceContext::traceparent));
            return alicia.topic(ANSWERS, PayloadCodec.text()).publish(note.levels(), "heard");
        });
        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);

        arrives(new UserProperty("traceparent", PARENT), new UserProperty("tracestate", "congo=t61"));
        Awaitility.await().until(() -> connection.published.size() == 1);
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        arrives();
        Awaitility.await().until(() -> connection.published.size() == 2);

        assertThat(connection.published.get(0).message().userProperties())
                .containsExactly(new UserProperty("traceparent", PARENT), new UserProperty("tracestate", "congo=t61"));
        assertThat(connection.published.get(1).message().userProperties()).isEmpty();
        assertThat(handled).containsExactly(Optional.of(PARENT), Optional.empty());
        connection.published.get(1).outcome().onSuccess(PublishOutcome.SUCCESS);
        handling.dispose();
        alicia.close();
    }

    @Test
    void is_that_of_the_command_in_an_answer_that_comes_later_from_elsewhere() {
        AliciaMqttClient alicia = client();
        SingleSubject<CommandResult> work = SingleSubject.create();
        Disposable answering = alicia.commands().onCommand("hall", command -> work);
        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);
        arrives(message(new UserProperty("traceparent", PARENT)).toBuilder()
                .topic(TopicName.of("alicia/commands/hall"))
                .payload(BinaryData.ofUtf8("{\"command\": \"turn_on\"}"))
                .build());
        Awaitility.await().until(work::hasObservers);

        work.onSuccess(CommandResult.builder().success(true).build());

        Awaitility.await().until(() -> connection.published.size() == 1);
        assertThat(connection.published.get(0).message().userProperties())
                .containsExactly(new UserProperty("traceparent", PARENT));
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        answering.dispose();
        alicia.close();
    }

    @Test
    void leaves_a_message_that_has_one_alone() {
        ApplicationMessage message = message(new UserProperty("traceparent", PARENT));

        assertThat(new TraceContext(PARENT.replace("-01", "-00")).addTo(message))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void refuses_what_is_none_and_overlooks_it_in_a_message(String traceparent) {
        assertThatThrownBy(() -> new TraceContext(traceparent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected for example 00-");
        assertThat(TraceContext.of(message(new UserProperty("traceparent", traceparent))))
                .isEmpty();
    }

    private AliciaMqttClient client() {
        return AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .traceContext(TraceContext::ofHandledMessage)
                .start();
    }

    private void arrives(UserProperty... properties) {
        arrives(message(properties));
    }

    private void arrives(ApplicationMessage message) {
        transport.arriving.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                acknowledged.add(message);
            }
        });
    }

    private static ApplicationMessage message(UserProperty... properties) {
        return ApplicationMessage.builder()
                .topic(TopicName.of("story/hall/note"))
                .payload(BinaryData.ofUtf8("x"))
                .addUserProperties(properties)
                .build();
    }
}
