package io.alicia.mqtt;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.topic.TargetOfKind;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;

/**
 * Commands to whatever has a name in the house, devices and services alike: {@code alicia/commands/…}. A target is one topic
 * level; a wrong one is refused with an {@link IllegalArgumentException} at the call. Safe for several threads; threads and failures
 * of streams and publishing are {@link TypedTopic}'s, those of commands and their answers {@link Device}'s.
 */
public interface Commands {

    /**
     * Tells {@code target} to do something and waits for its answer on {@code alicia/commands/{target}/response}; otherwise like
     * {@link Device#command}.
     */
    Single<CommandResult> command(String target, Command command);

    /** Tells {@code target} to do something; completes when the server has the command. */
    Completable send(String target, Command command);

    /** Tells {@code target} of a kind to do something, such as {@code sonos/kitchen}; completes when the server has the command. */
    Completable send(TargetOfKind target, Command command);

    /** Commands to {@code target}; see {@link #onCommand(String, CommandHandler)} to answer them. */
    Flowable<Command> commands(String target);

    /** Commands to the targets of all kinds. */
    Flowable<Received<TargetOfKind, Command>> commandsOfKind();

    /**
     * Has {@code handler} carry out the commands to {@code target}, one after the other in their order, and answers them, until
     * disposed; see {@link Device#onCommand(CommandHandler)}.
     */
    Disposable onCommand(String target, CommandHandler handler);

    /**
     * The same with up to {@code atOnce} commands at a time, in any order; see {@link Device#onCommand(int, CommandHandler)}.
     *
     * @throws IllegalArgumentException if {@code atOnce} is not 1 to 1,024
     */
    Disposable onCommand(String target, int atOnce, CommandHandler handler);
}
