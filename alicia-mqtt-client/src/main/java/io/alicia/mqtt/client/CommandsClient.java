package io.alicia.mqtt.client;

import io.alicia.mqtt.CommandHandler;
import io.alicia.mqtt.Commands;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.topic.TargetOfKind;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;

/** {@link Commands} over typed topics. */
final class CommandsClient implements Commands {

    private final TopicClient<String, MaybeEnveloped<Command>> commands;
    private final TopicClient<String, MaybeEnveloped<CommandResult>> responses;
    private final TopicClient<TargetOfKind, MaybeEnveloped<Command>> commandsOfKind;
    private final Requests requests;
    private final Answers answers;
    private final Envelopes envelopes;

    CommandsClient(
            TopicClients topics, AliciaMessages messages, Requests requests, Answers answers, Envelopes envelopes) {
        this.commands = topics.of(messages.command());
        this.responses = topics.of(messages.commandResponse());
        this.commandsOfKind = topics.of(messages.commandOfKind());
        this.requests = requests;
        this.answers = answers;
        this.envelopes = envelopes;
    }

    @Override
    public Single<CommandResult> command(String target, Command command) {
        return requests.request(commands, responses, target, command);
    }

    @Override
    public Completable send(String target, Command command) {
        return Completable.defer(
                () -> commands.publish(target, MaybeEnveloped.in(envelopes.wrap(MessageType.COMMAND, command))));
    }

    @Override
    public Completable send(TargetOfKind target, Command command) {
        return commandsOfKind.publish(target, MaybeEnveloped.bare(command));
    }

    @Override
    public Flowable<Command> commands(String target) {
        return commands.messages(target).map(received -> received.payload().payload());
    }

    @Override
    public Flowable<Received<TargetOfKind, Command>> commandsOfKind() {
        return commandsOfKind
                .messages()
                .map(received ->
                        new Received<>(received.levels(), received.payload().payload(), received.message()));
    }

    @Override
    public Disposable onCommand(String target, CommandHandler handler) {
        return onCommand(target, 1, handler);
    }

    @Override
    public Disposable onCommand(String target, int atOnce, CommandHandler handler) {
        return answers.onCommand(commands, responses, target, atOnce, handler);
    }
}
