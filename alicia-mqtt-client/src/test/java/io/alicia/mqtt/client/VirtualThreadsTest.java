package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers that block, each on a virtual thread of its own. Needs Java 21, while this is compiled for 17, hence the reflection.
 */
@Timeout(60)
class VirtualThreadsTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("virtual/{room}/note");

    /** Far more than there are carrier threads: a call that held its carrier would stop the rest. */
    private static final int CALLERS = 200;

    private ExecutorService virtualThreads;

    @BeforeEach
    void start() throws ReflectiveOperationException {
        Assumptions.assumeTrue(
                Runtime.version().feature() >= 21,
                () -> "virtual threads need Java 21, this is "
                        + Runtime.version().feature());
        virtualThreads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @AfterEach
    void stop() {
        if (virtualThreads != null) {
            virtualThreads.shutdownNow();
        }
    }

    @Test
    void wait_for_results_and_answers_by_the_hundred() throws Exception {
        try (Mosquitto mosquitto = Mosquitto.start();
                AliciaMqttClient lamp =
                        AliciaMqttClient.builder().server(mosquitto.tcp()).connect();
                AliciaMqttClient app =
                        AliciaMqttClient.builder().server(mosquitto.tcp()).connect()) {
            Disposable answering = lamp.commands()
                    .onCommand(
                            "echo",
                            command -> Single.just(CommandResult.builder()
                                    .success(true)
                                    .message(command.message().orElseThrow())
                                    .build()));
            lamp.subscribed().blockingAwait();
            TypedTopic<String, String> notes = app.topic(NOTES, PayloadCodec.text());

            List<Future<PublishResult>> results = new ArrayList<>();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String number = "n" + i;
                results.add(virtualThreads.submit(
                        () -> notes.publishForResult("hall", number).blockingGet()));
                answers.add(virtualThreads.submit(() -> app.commands()
                        .command("echo", Command.announce(number))
                        .blockingGet()
                        .message()
                        .orElseThrow()));
            }

            for (int i = 0; i < CALLERS; i++) {
                assertThat(results.get(i).get(30, TimeUnit.SECONDS).isAcknowledged())
                        .isTrue();
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("n" + i);
            }
            answering.dispose();
        }
    }
}
