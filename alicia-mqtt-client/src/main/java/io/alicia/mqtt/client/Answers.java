package io.alicia.mqtt.client;

import io.alicia.mqtt.CommandHandler;
import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.protocol.BinaryData;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The answering side of {@link Requests}: carries commands out and says what became of them. */
final class Answers {

    private static final int MAXIMUM_AT_ONCE = 1_024;

    private final Core core;
    private final Supplier<Instant> now;

    Answers(Core core, Supplier<Instant> now) {
        this.core = core;
        this.now = now;
    }

    /** Carries out up to {@code atOnce} commands at a time. Answers go where the command asks, else to {@code answers}. */
    <K> Disposable onCommand(
            TopicClient<K, MaybeEnveloped<Command>> commands,
            TopicClient<K, MaybeEnveloped<CommandResult>> answers,
            K levels,
            int atOnce,
            CommandHandler handler) {
        Objects.requireNonNull(handler, "handler");
        CarriedOut carriedOut = new CarriedOut(Limits.between("commands at once", atOnce, 1, MAXIMUM_AT_ONCE));
        return commands.onMessage(
                levels,
                atOnce,
                received -> once(received, carriedOut, handler)
                        .flatMapCompletable(result -> answer(received, answers, result)));
    }

    /** A bare command has no name to be known by: two that are equal are two. */
    private Single<CommandResult> once(
            Received<?, MaybeEnveloped<Command>> received, CarriedOut carriedOut, CommandHandler handler) {
        Single<CommandResult> work = result(received, handler);
        return received.payload()
                .envelope()
                .map(envelope -> carriedOut.once(envelope, work))
                .orElse(work);
    }

    private Single<CommandResult> result(Received<?, MaybeEnveloped<Command>> received, CommandHandler handler) {
        Command command = received.payload().payload();
        return carriedOut(command, handler).onErrorReturn(failure -> {
            core.handlerErrors().report(new HandlerError(received.message(), failure));
            return CommandResult.builder()
                    .success(false)
                    .error(failure.getMessage() == null ? failure.toString() : failure.getMessage())
                    .build();
        });
    }

    /** RxJava lets pass what it takes for fatal, and whoever asked would wait in vain. */
    private static Single<CommandResult> carriedOut(Command command, CommandHandler handler) {
        return Single.create(emitter -> {
            try {
                emitter.setDisposable(handler.handle(command).subscribe(emitter::onSuccess, emitter::tryOnError));
            } catch (Throwable failure) {
                emitter.tryOnError(failure);
            }
        });
    }

    private <K> Completable answer(
            Received<K, MaybeEnveloped<Command>> received,
            TopicClient<K, MaybeEnveloped<CommandResult>> answers,
            CommandResult result) {
        ApplicationMessage request = received.message();
        Optional<String> id = received.payload()
                .envelope()
                .map(Envelope::messageId)
                .or(() -> request.correlationData().map(BinaryData::toUtf8));
        CommandResult.Builder complete = result.toBuilder();
        // A handler may pass on what another device answered: whoever asked this one knows nothing of that request.
        complete.command(received.payload().payload().name());
        if (id.isPresent()) {
            complete.requestId(id);
        }
        if (result.timestamp().isEmpty()) {
            complete.timestamp(now.get());
        }
        // A handler's work may end on a thread that knows nothing of the command's trace.
        UnaryOperator<ApplicationMessage> traced = core.currentTraceOrThatOf(request);
        return answers.publish(
                received.levels(),
                MaybeEnveloped.bare(complete.build()),
                message -> traced.apply(message.toBuilder()
                        .topic(request.responseTopic().orElse(message.topic()))
                        .correlationData(request.correlationData())
                        .build()));
    }
}
