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
     * success and reported to {@link AliciaMqtt#handlerErrors()}.
     */
    Single<CommandResult> handle(Command command);
}
