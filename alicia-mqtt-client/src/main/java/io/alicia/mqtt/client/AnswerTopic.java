package io.alicia.mqtt.client;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One topic where answers come, with the {@link Requests} that wait there, and whose answer one is. Confined to the client's {@link
 * Lane}.
 *
 * <p>An answer belongs to the request that it names: in its Correlation Data, as {@code request_id}, or as {@code message_id} as
 * the services of the bus do, whose {@code message_id} may be one of their own, though. One that names none belongs to the only
 * open request that it fits and that may have been sent, unless it may be the late answer to another; a retained one is older
 * than its subscription and belongs to none.
 */
final class AnswerTopic {

    private static final int REMEMBERED = 256;

    /** A command that waits for its answer. */
    static final class Request {
        final String id;
        final Command command;
        final SingleEmitter<CommandResult> emitter;
        Disposable publishing = Disposable.disposed();

        /** It was given to be sent; before that nothing can be its answer. */
        boolean asked;

        boolean maybeSent;

        /** It certainly reached nobody, so that no answer can come. */
        boolean unheard;

        /** What may have been its answer was not given to it, since it may have been another one's. */
        boolean maybeAnswered;

        Request(String id, Command command, SingleEmitter<CommandResult> emitter) {
            this.id = id;
            this.command = command;
            this.emitter = emitter;
        }
    }

    /** A command whose answer nobody waits for any more, and until when it may come nevertheless. */
    private record GivenUp(Command command, long untilMillis) {}

    private final TopicName topic;
    private final Map<String, Request> open = new LinkedHashMap<>();
    private final Map<String, GivenUp> givenUp = new Remembered();
    private final CompletableSubject ready = CompletableSubject.create();
    private @Nullable Disposable stream;
    private @Nullable Disposable closing;

    AnswerTopic(TopicName topic) {
        this.topic = topic;
    }

    TopicName topic() {
        return topic;
    }

    /** Completes when the server has the subscription. */
    CompletableSubject ready() {
        return ready;
    }

    void stream(Disposable subscription) {
        stream = subscription;
    }

    /** {@code request} waits here from now on. */
    void add(Request request) {
        open.put(request.id, request);
        Disposable timer = closing;
        if (timer != null) {
            timer.dispose();
            closing = null;
        }
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    boolean isClosing() {
        return closing != null;
    }

    void closing(Disposable timer) {
        closing = timer;
    }

    void unsubscribe() {
        Disposable subscription = stream;
        if (subscription != null) {
            subscription.dispose();
        }
    }

    /** Takes all that waits. */
    List<Request> takeAll() {
        List<Request> all = List.copyOf(open.values());
        open.clear();
        return all;
    }

    /** Nobody waits for {@code request} any more; an answer that comes until {@code untilMillis} may be its late one. */
    void giveUp(Request request, long untilMillis) {
        if (request.asked && !request.unheard && !request.maybeAnswered) {
            givenUp.put(request.id, new GivenUp(request.command, untilMillis));
        }
    }

    /** Takes the request out, if it is still waiting. */
    boolean remove(Request request) {
        return open.remove(request.id, request);
    }

    /** Takes the request that {@code received} answers; null if it is nobody's. */
    @Nullable
    Request takeAnsweredOrNull(Received<?, MaybeEnveloped<CommandResult>> received, long nowMillis) {
        Request named = ids(received)
                .filter(open::containsKey)
                .findFirst()
                .map(open::remove)
                .orElse(null);
        return named == null && mayFit(received)
                ? removeTheOneOrNull(received.payload().payload(), nowMillis)
                : named;
    }

    /** Whether {@code received} is the answer to a command that was given up, which is forgotten then. */
    boolean isLate(Received<?, MaybeEnveloped<CommandResult>> received, long nowMillis) {
        String known = ids(received).filter(givenUp::containsKey).findFirst().orElse(null);
        if (known == null && mayFit(received)) {
            known = dueOrNull(received.payload().payload(), null, nowMillis);
        }
        return known != null && givenUp.remove(known) != null;
    }

    /** What {@code received} may call its request by. */
    private static Stream<String> ids(Received<?, MaybeEnveloped<CommandResult>> received) {
        MaybeEnveloped<CommandResult> payload = received.payload();
        Optional<String> bareMessageId = payload.payload().additional().get("message_id") instanceof JsonString text
                ? Optional.of(text.value())
                : Optional.empty();
        return Stream.of(
                        correlationData(received),
                        payload.payload().requestId(),
                        payload.envelope().map(Envelope::messageId),
                        bareMessageId)
                .flatMap(Optional::stream);
    }

    /** Whether it names no request, so that it is to be found out; what is retained was there before. */
    private static boolean mayFit(Received<?, MaybeEnveloped<CommandResult>> received) {
        return !received.isRetained()
                && correlationData(received)
                        .or(() -> received.payload().payload().requestId())
                        .isEmpty();
    }

    private static Optional<String> correlationData(Received<?, ?> received) {
        return received.message().correlationData().map(BinaryData::toUtf8);
    }

    private @Nullable Request removeTheOneOrNull(CommandResult result, long nowMillis) {
        List<Request> fitting = open.values().stream()
                .filter(request -> request.asked && fits(result, request.command))
                .toList();
        if (fitting.size() == 1 && dueOrNull(result, fitting.get(0).command, nowMillis) == null) {
            return open.remove(fitting.get(0).id);
        }
        // Or each command that so ends in vain would make the next one do so.
        fitting.stream()
                .filter(request -> !request.maybeAnswered)
                .findFirst()
                .ifPresent(request -> request.maybeAnswered = true);
        return null;
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

    private static final class Remembered extends LinkedHashMap<String, GivenUp> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GivenUp> eldest) {
            return size() > REMEMBERED;
        }
    }
}
