package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.client.AnswerTopic.Request;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands with an answer: subscribes to where the answer comes, then sends, then waits for the answer; {@link AnswerTopic} knows
 * whose it is. Confined to the client's {@link Lane}.
 */
final class Requests {

    private static final Logger LOGGER = LoggerFactory.getLogger(Requests.class);

    /** How long the subscription of an answer topic stays after its last request, for the next one. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final Core core;
    private final Envelopes envelopes;
    private final Map<TopicName, AnswerTopic> channels = new HashMap<>();

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
                    Request request = new Request(envelope.messageId(), command, emitter);
                    UnaryOperator<ApplicationMessage> traced = core.currentTrace();
                    // Longer than the request lives: its end is the end of the message, too.
                    Single<PublishResult> publish = commands.publishWhileWanted(
                            levels,
                            MaybeEnveloped.in(envelope),
                            message -> traced.apply(asking(message, answerTopic, request.id, limit)),
                            limit.plusSeconds(1));
                    emitter.setCancellable(() -> core.lane().execute(() -> abandoned(answerTopic, request)));
                    core.lane().execute(() -> {
                        if (core.isClosing()) {
                            emitter.tryOnError(Core.closedFailure());
                            return;
                        }
                        AnswerTopic channel = channels.computeIfAbsent(answerTopic, topic -> open(answers, levels));
                        channel.add(request);
                        request.publishing = channel.ready()
                                .andThen(Single.defer(() -> {
                                    request.asked = true;
                                    request.maybeSent = core.isConnected();
                                    return publish;
                                }))
                                .subscribe(
                                        result -> core.lane()
                                                .execute(() -> published(
                                                        request,
                                                        commands.template().name(levels),
                                                        result)),
                                        emitter::tryOnError);
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

    /** The command as it is sent: nobody waits for it longer than {@code limit}, so nobody is to get it later. */
    private static ApplicationMessage asking(
            ApplicationMessage message, TopicName answerTopic, String id, Duration limit) {
        Duration wholeSeconds = Duration.ofSeconds(limit.plusMillis(999).toSeconds());
        return message.toBuilder()
                .responseTopic(answerTopic)
                .correlationData(BinaryData.ofUtf8(id))
                .messageExpiryInterval(message.messageExpiryInterval()
                        .filter(own -> own.compareTo(wholeSeconds) < 0)
                        .orElse(wholeSeconds))
                .build();
    }

    private static void published(Request request, TopicName topic, PublishResult result) {
        LOGGER.debug("{} sent as {}: {}", request.command.name(), request.id, result.description());
        boolean heard = result instanceof PublishResult.Acknowledged acknowledged && acknowledged.hadSubscribers();
        request.maybeSent = heard || result instanceof PublishResult.Unconfirmed;
        request.unheard = !request.maybeSent;
        if (!heard) {
            request.emitter.tryOnError(new PublishFailedException(topic, result));
        }
    }

    private <K> AnswerTopic open(TopicClient<K, MaybeEnveloped<CommandResult>> answers, K levels) {
        AnswerTopic channel = new AnswerTopic(answers.template().name(levels));
        channel.stream(answers.messages(levels, flow -> flow.subscribed().subscribe(channel.ready()))
                .subscribe(
                        received -> core.lane().execute(() -> arrived(channel, received)),
                        failure -> core.lane().execute(() -> failed(channel, failure)),
                        () -> core.lane().execute(() -> failed(channel, Core.closedFailure()))));
        return channel;
    }

    private void arrived(AnswerTopic channel, Received<?, MaybeEnveloped<CommandResult>> received) {
        Request request = channel.takeAnsweredOrNull(received, nowMillis());
        if (request != null) {
            request.emitter.onSuccess(received.payload().payload());
        } else if (channel.isLate(received, nowMillis())) {
            core.counts().lateAnswers().increment();
            LOGGER.debug("late answer on {}", channel.topic());
        }
        closeWhenIdle(channel);
    }

    private long nowMillis() {
        return core.nowMillis();
    }

    private void abandoned(TopicName answerTopic, Request request) {
        AnswerTopic channel = channels.get(answerTopic);
        if (channel != null && channel.remove(request)) {
            request.publishing.dispose();
            if (request.maybeSent || core.isConnected()) {
                channel.giveUp(
                        request, nowMillis() + core.settings().commandTimeout().toMillis());
            }
            closeWhenIdle(channel);
        }
    }

    private void failed(AnswerTopic channel, Throwable failure) {
        channels.remove(channel.topic(), channel);
        channel.takeAll().forEach(request -> {
            request.publishing.dispose();
            request.emitter.tryOnError(failure);
        });
    }

    private void closeWhenIdle(AnswerTopic channel) {
        if (channel.isIdle() && !channel.isClosing()) {
            channel.closing(core.threads()
                    .timer()
                    .scheduleDirect(
                            () -> core.lane().execute(() -> close(channel)), LINGER.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void close(AnswerTopic channel) {
        if (channel.isIdle() && channels.remove(channel.topic(), channel)) {
            channel.unsubscribe();
        }
    }
}
