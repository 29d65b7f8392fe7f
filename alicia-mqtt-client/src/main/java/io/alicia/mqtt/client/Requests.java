package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
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
import java.util.List;
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
 * Correlation Data, or {@code request_id} in its payload where there is none. An answer with neither belongs to the only open
 * request that it fits, unless it may be the late answer to another. Confined to the client's {@link Lane}.
 */
final class Requests {

    private static final Logger LOGGER = LoggerFactory.getLogger(Requests.class);

    /** How long the subscription of an answer topic stays after its last request, for the next one. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private static final int REMEMBERED = 256;

    private final Core core;
    private final Envelopes envelopes;
    private final Map<TopicName, Channel> channels = new HashMap<>();

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
                        Channel channel = channels.computeIfAbsent(answerTopic, topic -> open(answers, levels));
                        channel.open.put(request.id, request);
                        channel.keep();
                        request.publishing = channel.ready
                                .andThen(Single.defer(() -> {
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
        request.maybeSent = result.isAcknowledged() || result instanceof PublishResult.Unconfirmed;
        if (!(result instanceof PublishResult.Acknowledged acknowledged) || !acknowledged.hadSubscribers()) {
            request.emitter.tryOnError(new PublishFailedException(topic, result));
        }
    }

    private <K> Channel open(TopicClient<K, MaybeEnveloped<CommandResult>> answers, K levels) {
        Channel channel = new Channel(answers.template().name(levels));
        channel.stream = answers.messages(levels, flow -> flow.subscribed().subscribe(channel.ready))
                .subscribe(
                        received -> core.lane().execute(() -> arrived(channel, received)),
                        failure -> core.lane().execute(() -> failed(channel, failure)),
                        () -> core.lane().execute(() -> failed(channel, Core.closedFailure())));
        return channel;
    }

    private void arrived(Channel channel, Received<?, MaybeEnveloped<CommandResult>> received) {
        CommandResult result = received.payload().payload();
        Optional<String> id =
                received.message().correlationData().map(BinaryData::toUtf8).or(result::requestId);
        Request request =
                id.isPresent() ? channel.open.remove(id.get()) : channel.removeTheOneOrNull(result, nowMillis());
        if (request != null) {
            request.emitter.onSuccess(result);
        } else if (channel.isLate(id, result, nowMillis())) {
            core.counts().lateAnswers().increment();
            LOGGER.debug("late answer to {} on {}", id.orElse("a command that was given up"), channel.topic);
        }
        closeWhenIdle(channel);
    }

    private long nowMillis() {
        return core.nowMillis();
    }

    private void abandoned(TopicName answerTopic, Request request) {
        Channel channel = channels.get(answerTopic);
        if (channel != null && channel.open.remove(request.id) != null) {
            request.publishing.dispose();
            if (request.maybeSent || core.isConnected()) {
                channel.givenUp.put(request.id, new GivenUp(request.command, nowMillis() + LINGER.toMillis()));
            }
            closeWhenIdle(channel);
        }
    }

    private void failed(Channel channel, Throwable failure) {
        channels.remove(channel.topic, channel);
        List<Request> open = List.copyOf(channel.open.values());
        channel.open.clear();
        open.forEach(request -> {
            request.publishing.dispose();
            request.emitter.tryOnError(failure);
        });
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

    /** A command that waits for its answer. */
    private static final class Request {
        final String id;
        final Command command;
        final SingleEmitter<CommandResult> emitter;
        Disposable publishing = Disposable.disposed();
        boolean maybeSent;

        Request(String id, Command command, SingleEmitter<CommandResult> emitter) {
            this.id = id;
            this.command = command;
            this.emitter = emitter;
        }
    }

    /** A command whose answer nobody waits for any more, and until when it may come nevertheless. */
    private record GivenUp(Command command, long untilMillis) {}

    /** One answer topic with the requests that wait there. */
    private static final class Channel {
        final TopicName topic;
        final Map<String, Request> open = new LinkedHashMap<>();
        final Map<String, GivenUp> givenUp = new Remembered();
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

        /** Whose answer without an id {@code result} is; null if it is nobody's or may be the late one to another command. */
        @Nullable
        Request removeTheOneOrNull(CommandResult result, long nowMillis) {
            List<Request> fitting = open.values().stream()
                    .filter(request -> fits(result, request.command))
                    .toList();
            if (fitting.size() != 1 || dueOrNull(result, fitting.get(0).command, nowMillis) != null) {
                return null;
            }
            return open.remove(fitting.get(0).id);
        }

        /** Whether {@code result} is the answer to a command that was given up, which is forgotten then. */
        boolean isLate(Optional<String> id, CommandResult result, long nowMillis) {
            String known = id.isPresent() ? id.get() : dueOrNull(result, null, nowMillis);
            return known != null && givenUp.remove(known) != null;
        }

        /**
         * A command that was given up whose answer {@code result} may be. The same command as {@code asked} is none: what is true of the
         * one is true of the other.
         */
        private @Nullable String dueOrNull(CommandResult result, @Nullable Command asked, long nowMillis) {
            return givenUp.entrySet().stream()
                    .filter(entry -> entry.getValue().untilMillis() > nowMillis)
                    .filter(entry -> fits(result, entry.getValue().command()))
                    .filter(entry -> !entry.getValue().command().equals(asked))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        private static boolean fits(CommandResult result, Command command) {
            return result.command().map(command.name()::equals).orElse(true);
        }
    }

    private static final class Remembered extends LinkedHashMap<String, GivenUp> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GivenUp> eldest) {
            return size() > REMEMBERED;
        }
    }
}
