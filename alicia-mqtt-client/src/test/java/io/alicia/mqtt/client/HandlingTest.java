package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.MessageHandler;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.Unacknowledged;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicLevel;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** What becomes of messages whose handler goes, fails, or takes its time; the client has room for two at a time. */
@Timeout(30)
class HandlingTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");
    private static final TopicTemplate<String> ALARMS = TopicTemplate.of("story/{room}/alarm");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final FakeTransport transport = new FakeTransport();
    private AliciaMqttClient alicia;
    private TypedTopic<String, String> notes;
    private TestSubscriber<String> alarms;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .streamBuffer(2)
                .transport(transport.provider())
                .start();
        notes = alicia.topic(NOTES, PayloadCodec.text());
        alarms = alicia.topic(ALARMS, PayloadCodec.text())
                .messages()
                .map(Received::payload)
                .test();
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    @Test
    void a_handler_that_is_disposed_of_in_the_middle_gives_its_message_back() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            CountDownLatch busy = new CountDownLatch(1);
            Disposable handling = notes.onMessage(note -> {
                busy.countDown();
                return Completable.never();
            });
            Arrived note = arrives("story/hall/note", "n" + i);
            busy.await();
            assertThat(note.acknowledged()).isZero();

            handling.dispose();

            assertThat(note.acknowledged()).isEqualTo(1);
        }
        arrives("story/hall/alarm", "fire");

        alarms.awaitCount(1);
        assertThat(alarms.values()).containsExactly("fire");
    }

    @Test
    void a_handler_that_blocks_gives_its_messages_back_as_soon_as_it_is_disposed_of() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Disposable handling = notes.onMessage(note -> Completable.fromAction(() -> {
            busy.countDown();
            release.await();
        }));
        Arrived first = arrives("story/hall/note", "in hand");
        Arrived second = arrives("story/hall/note", "waits");
        busy.await();

        handling.dispose();
        arrives("story/hall/alarm", "fire");

        alarms.awaitCount(1);
        assertThat(alarms.values()).containsExactly("fire");
        release.countDown();
        assertThat(first.acknowledged()).isEqualTo(1);
        assertThat(second.acknowledged()).isEqualTo(1);
    }

    @Test
    void what_a_receiver_has_in_hand_is_given_back_with_its_stream() {
        TestSubscriber<Unacknowledged<String, String>> reader =
                notes.unacknowledgedMessages().test();
        Arrived note = arrives("story/hall/note", "n");
        reader.awaitCount(1);
        assertThat(note.acknowledged()).isZero();

        reader.cancel();

        assertThat(note.acknowledged()).isEqualTo(1);
        reader.values().get(0).acknowledge();
        assertThat(note.acknowledged()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // which callers need not have
    void refuses_a_handler_that_is_none_before_it_takes_any_message() {
        assertThatNullPointerException()
                .isThrownBy(() -> notes.onMessage((MessageHandler<String, String>) null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> alicia.devices().device("hall").onCommand(null))
                .withMessage("handler");
    }

    static Stream<Throwable> whatHandlersThrow() {
        return Stream.of(
                new IllegalStateException("a runtime exception"),
                new AssertionError("an assertion"),
                new NoClassDefFoundError("a class"),
                new StackOverflowError("a stack"),
                new OutOfMemoryError("memory"));
    }

    @ParameterizedTest
    @MethodSource("whatHandlersThrow")
    void whatever_a_handler_throws_is_reported_and_the_next_message_comes(Throwable failure) {
        goesOnAfter(failure, note -> HandlingTest.<RuntimeException>thrown(failure));
        goesOnAfter(failure, note -> Completable.fromAction(() -> thrown(failure)));
    }

    private void goesOnAfter(Throwable failure, MessageHandler<String, String> bad) {
        TestSubscriber<HandlerError> errors = alicia.handlerErrors().test();
        List<String> handled = new CopyOnWriteArrayList<>();
        Disposable handling = notes.onMessage(note -> {
            if (note.payload().equals("bad")) {
                return bad.handle(note);
            }
            handled.add(note.payload());
            return Completable.complete();
        });

        Arrived first = arrives("story/hall/note", "bad");
        arrives("story/hall/note", "good");

        Awaitility.await().untilAsserted(() -> assertThat(handled).containsExactly("good"));
        errors.awaitCount(1);
        assertThat(errors.values()).extracting(HandlerError::failure).containsExactly(failure);
        assertThat(first.acknowledged()).isEqualTo(1);
        handling.dispose();
    }

    @SuppressWarnings("unchecked") // so that anything can be thrown
    private static <E extends Throwable> Completable thrown(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void a_subscriber_that_throws_an_error_ends_its_own_stream_alone() {
        AtomicInteger seen = new AtomicInteger();
        Disposable reading = notes.messages().subscribe(note -> {
            seen.incrementAndGet();
            throw new NoClassDefFoundError("a class");
        });

        Arrived bad = arrives("story/hall/note", "bad");
        IntStream.range(0, 5).forEach(i -> arrives("story/hall/note", "n" + i));
        arrives("story/hall/alarm", "fire");

        alarms.awaitCount(1);
        Awaitility.await().untilAsserted(() -> assertThat(bad.acknowledged()).isEqualTo(1));
        assertThat(seen).hasValue(1);
        reading.dispose();
    }

    @Test
    void a_codec_whose_stack_overflows_is_reported_and_the_next_message_comes() {
        TestSubscriber<DecodingError> errors = alicia.decodingErrors().test();
        PayloadCodec<String> text = PayloadCodec.text();
        TestSubscriber<String> read = alicia.topic(NOTES, new PayloadCodec<String>() {
                    @Override
                    public String decode(byte[] payload) {
                        String decoded = text.decode(payload);
                        if (decoded.equals("deep")) {
                            throw new StackOverflowError();
                        }
                        return decoded;
                    }

                    @Override
                    public byte[] encode(String payload) {
                        return text.encode(payload);
                    }

                    @Override
                    public String contentType() {
                        return text.contentType();
                    }
                })
                .messages()
                .map(Received::payload)
                .test();

        arrives("story/hall/note", "deep");
        arrives("story/hall/note", "flat");

        read.awaitCount(1);
        errors.awaitCount(1);
        assertThat(read.values()).containsExactly("flat");
        assertThat(errors.values().get(0).reason()).contains("StackOverflowError");
    }

    @Test
    void a_codec_that_gives_null_for_a_payload_is_reported_and_the_next_message_comes() {
        TestSubscriber<DecodingError> errors = alicia.decodingErrors().test();
        TestSubscriber<String> read = alicia.topic(NOTES, new ForgetfulCodec())
                .messages()
                .map(Received::payload)
                .test();

        arrives("story/hall/note", "");
        arrives("story/hall/note", "something");

        errors.awaitCount(1);
        read.awaitCount(1);
        assertThat(read.values()).containsExactly("something");
        assertThat(errors.values()).singleElement().satisfies(error -> {
            assertThat(error.topic()).hasToString("story/hall/note");
            assertThat(error.reason())
                    .isEqualTo("the codec " + ForgetfulCodec.class.getName()
                            + " of story/{room}/note has no value for the payload: it gave null");
        });
    }

    @Test
    void a_codec_that_gives_null_for_a_value_is_named_where_that_is_published() {
        TypedTopic<String, String> forgetful = alicia.topic(NOTES, new ForgetfulCodec());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> forgetful.publish("hall", ""))
                .withMessage("the codec " + ForgetfulCodec.class.getName()
                        + " of story/{room}/note has no payload for the value: it gave null");
    }

    /** Has nothing for what is empty. */
    private static final class ForgetfulCodec implements PayloadCodec<String> {

        private final PayloadCodec<String> text = PayloadCodec.text();

        @Override
        @SuppressWarnings("NullAway") // which users need not have
        public String decode(byte[] payload) {
            return payload.length == 0 ? null : text.decode(payload);
        }

        @Override
        @SuppressWarnings("NullAway") // which users need not have
        public byte[] encode(String payload) {
            return payload.isEmpty() ? null : text.encode(payload);
        }

        @Override
        public String contentType() {
            return text.contentType();
        }
    }

    private static LocalDate date(String level) {
        if (level.equals("deep")) {
            throw new StackOverflowError();
        }
        return LocalDate.parse(level);
    }

    @Test
    void a_topic_whose_level_is_none_of_its_type_is_reported_and_the_next_message_comes() {
        TypedTopic<LocalDate, String> days = alicia.topic(
                TopicTemplate.of("log/{day}", TopicLevel.of(HandlingTest::date, LocalDate::toString)),
                PayloadCodec.text());
        TestSubscriber<DecodingError> errors = alicia.decodingErrors().test();
        TestSubscriber<String> read = days.messages().map(Received::payload).test();
        List<String> handled = new CopyOnWriteArrayList<>();
        Disposable handling = days.onMessage(day -> Completable.fromAction(() -> handled.add(day.payload())));

        arrives("log/2026-01-01", "new year");
        arrives("log/nope", "of somebody else");
        arrives("log/deep", "the stack overflows");
        arrives("log/2026-01-02", "the day after");

        read.awaitCount(2);
        assertThat(read.values()).containsExactly("new year", "the day after");
        Awaitility.await().untilAsserted(() -> assertThat(handled).containsExactly("new year", "the day after"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(errors.values())
                        .extracting(DecodingError::reason)
                        .contains("{day} cannot be \"nope\": Text 'nope' could not be parsed at index 0")
                        .contains("java.lang.StackOverflowError"));
        handling.dispose();
    }

    @Test
    void a_handler_with_asynchronous_work_is_always_called_on_a_thread_of_the_client_with_the_context_of_its_message() {
        List<String> calls = new CopyOnWriteArrayList<>();
        Disposable handling = notes.onMessage(note -> {
            calls.add(Thread.currentThread().getName().replaceAll("\\d+$", "") + " " + MDC.get("mqtt.client") + " "
                    + MDC.get("mqtt.topic") + " "
                    + TraceContext.ofHandledMessage()
                            .map(TraceContext::traceparent)
                            .orElse("no trace"));
            return Completable.complete().delay(5, TimeUnit.MILLISECONDS, Schedulers.io());
        });

        IntStream.range(0, 6).forEach(i -> arrives("story/room" + i + "/note", "n"));

        Awaitility.await().until(() -> calls.size() == 6);
        assertThat(calls)
                .containsExactlyElementsOf(IntStream.range(0, 6)
                        .mapToObj(i -> "alicia-mqtt-hall-panel-handler- hall-panel story/room" + i + "/note " + TRACE)
                        .toList());
        handling.dispose();
    }

    private Arrived arrives(String topic, String payload) {
        return transport.arrives(ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.AT_LEAST_ONCE)
                .addUserProperties(new UserProperty("traceparent", TRACE))
                .build());
    }
}
