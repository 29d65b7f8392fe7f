package io.alicia.mqtt.client;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands with an answer: subscribes to where the answer comes, then sends, then waits for the answer with the right
 * Correlation Data, or {@code request_id} in its payload where there is none. An answer with neither belongs to the only request
 * that is open there, if there is just one. Confined to the client's {@link Lane}.
 */
final class Requests {

    private static final Logger LOGGER = LoggerFactory.getLogger(Requests.class);

    /** How long the subscription of an answer topic stays after its last request, for the next one. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private static final int REMEMBERED = 256;

    private final Core core;
    private final Envelopes envelopes;
    private final Map<TopicName, Channel> channels = new HashMap<>();
    private final Map<String, Boolean> givenUp = new GivenUp();

    Requests(Core core, Envelopes envelopes) {
        this.core = core;
        this.envelopes = envelopes;
    }

    /** Sends {@code command} at each subscription, and gives its answer. */
    <K> Single<CommandResult> request(
            TopicClient<K, MaybeEnveloped<Command>> commands,
            TopicClient<K, MaybeEnveloped<CommandResult>> answers,
            K levels,
            Command command) {
        TopicName answerTopic = answers.template().name(levels);
        Duration limit = core.settings().commandTimeout();
        return Single.<CommandResult>create(emitter -> {
                    Envelope<Command> envelope = envelopes.wrap(MessageType.COMMAND, command);
                    String id = envelope.messageId();
                    UnaryOperator<ApplicationMessage> traced = core.currentTrace();
                    emitter.setCancellable(() -> core.lane().execute(() -> abandoned(answerTopic, id)));
                    core.lane().execute(() -> {
                        Channel channel = channels.computeIfAbsent(answerTopic, topic -> open(answers, levels));
                        channel.open.put(id, emitter);
                        channel.keep();
                        channel.ready
                                .andThen(commands.publish(
                                        levels,
                                        MaybeEnveloped.in(envelope),
                                        message -> traced.apply(message.toBuilder()
                                                .responseTopic(answerTopic)
                                                .correlationData(BinaryData.ofUtf8(id))
                                                .build())))
                                .toSingleDefault(id)
                                .subscribe(new InLane<>(
                                        core.lane(),
                                        sent -> LOGGER.debug("{} sent as {}", command.name(), sent),
                                        emitter::tryOnError));
                    });
                })
                .timeout(
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS,
                        core.threads().timer(),
                        Single.error(() -> new TimeoutException("no answer to " + command.name() + " on " + answerTopic
                                + " within " + limit.toMillis() + " ms")))
                .observeOn(core.threads().handlers());
    }

    private <K> Channel open(TopicClient<K, MaybeEnveloped<CommandResult>> answers, K levels) {
        Channel channel = new Channel(answers.template().name(levels));
        channel.stream = answers.messages(levels, flow -> flow.subscribed().subscribe(channel.ready))
                .subscribe(
                        received -> core.lane().execute(() -> arrived(channel, received)),
                        failure -> core.lane().execute(() -> failed(channel, failure)),
                        () -> core.lane()
                                .execute(() -> failed(channel, new IllegalStateException("the client was closed"))));
        return channel;
    }

    private void arrived(Channel channel, Received<?, MaybeEnveloped<CommandResult>> received) {
        CommandResult result = received.payload().payload();
        Optional<String> id =
                received.message().correlationData().map(BinaryData::toUtf8).or(result::requestId);
        SingleEmitter<CommandResult> emitter =
                id.isPresent() ? channel.open.remove(id.get()) : channel.removeOnlyOneOrNull();
        if (emitter != null) {
            emitter.onSuccess(result);
        } else if (id.isPresent() && givenUp.remove(id.get()) != null) {
            core.counts().lateAnswers().increment();
            LOGGER.debug("late answer to {} on {}", id.get(), channel.topic);
        }
        closeWhenIdle(channel);
    }

    private void abandoned(TopicName answerTopic, String id) {
        Channel channel = channels.get(answerTopic);
        if (channel != null && channel.open.remove(id) != null) {
            givenUp.put(id, true);
            closeWhenIdle(channel);
        }
    }

    private void failed(Channel channel, Throwable failure) {
        channels.remove(channel.topic, channel);
        channel.open.values().forEach(emitter -> emitter.tryOnError(failure));
        channel.open.clear();
    }

    private void closeWhenIdle(Channel channel) {
        if (!channel.open.isEmpty() || channel.closing != null) {
            return;
        }
        channel.closing = core.threads()
                .timer()
                .scheduleDirect(
                        () -> core.lane().execute(() -> close(channel)), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void close(Channel channel) {
        if (channel.open.isEmpty() && channels.remove(channel.topic, channel) && channel.stream != null) {
            channel.stream.dispose();
        }
    }

    /** One answer topic with the requests that wait there. */
    private static final class Channel {
        final TopicName topic;
        final Map<String, SingleEmitter<CommandResult>> open = new LinkedHashMap<>();
        final CompletableSubject ready = CompletableSubject.create();

        @Nullable
        Disposable stream;

        @Nullable
        Disposable closing;

        Channel(TopicName topic) {
            this.topic = topic;
        }

        void keep() {
            Disposable timer = closing;
            if (timer != null) {
                timer.dispose();
                closing = null;
            }
        }

        @Nullable
        SingleEmitter<CommandResult> removeOnlyOneOrNull() {
            if (open.size() != 1) {
                return null;
            }
            return open.remove(open.keySet().iterator().next());
        }
    }

    private static final class GivenUp extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
