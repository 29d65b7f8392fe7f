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
import java.util.Optional;
import java.util.function.Supplier;

/** The answering side of {@link Requests}: carries commands out and says what became of them. */
final class Answers {

    private final Core core;
    private final Supplier<Instant> now;

    Answers(Core core, Supplier<Instant> now) {
        this.core = core;
        this.now = now;
    }

    /** Answers go where the command asks, else to {@code answers}. */
    <K> Disposable onCommand(
            TopicClient<K, MaybeEnveloped<Command>> commands,
            TopicClient<K, MaybeEnveloped<CommandResult>> answers,
            K levels,
            CommandHandler handler) {
        return commands.onMessage(
                levels,
                received -> result(received, handler).flatMapCompletable(result -> answer(received, answers, result)));
    }

    private Single<CommandResult> result(Received<?, MaybeEnveloped<Command>> received, CommandHandler handler) {
        Command command = received.payload().payload();
        return Single.defer(() -> handler.handle(command)).onErrorReturn(failure -> {
            core.handlerErrors().report(new HandlerError(received.message(), failure));
            return CommandResult.builder()
                    .success(false)
                    .error(failure.getMessage() == null ? failure.toString() : failure.getMessage())
                    .build();
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
        if (result.command().isEmpty()) {
            complete.command(received.payload().payload().name());
        }
        if (result.requestId().isEmpty()) {
            complete.requestId(id);
        }
        if (result.timestamp().isEmpty()) {
            complete.timestamp(now.get());
        }
        return answers.publish(
                received.levels(),
                MaybeEnveloped.bare(complete.build()),
                message -> message.toBuilder()
                        .topic(request.responseTopic().orElse(message.topic()))
                        .correlationData(request.correlationData())
                        .build());
    }
}
