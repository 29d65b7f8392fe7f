package io.alicia.mqtt;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.reactivex.rxjava3.core.Single;

/**
 * Carries out commands, one at a time unless more were asked for. Called on threads of the client's that may block, with the
 * logging context of the command.
 */
@FunctionalInterface
public interface CommandHandler {

    /**
     * Carries out {@code command}. The result is sent to whoever asked; what is thrown, or fails, is sent as a result without
     * success and reported to {@link AliciaMqtt#handlerErrors()}. It goes out as the answer to {@code command}, by its name and by the
     * message id that it came with, whatever the result says of these: a handler may pass on what another device answered.
     */
    Single<CommandResult> handle(Command command);
}
