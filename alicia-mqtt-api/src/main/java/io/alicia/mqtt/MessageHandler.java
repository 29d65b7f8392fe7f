package io.alicia.mqtt;

import io.reactivex.rxjava3.core.Completable;

/**
 * Works on messages, one at a time. Called on a thread of the client's that may block.
 *
 * @param <T> what the Topic Name is read as
 * @param <P> what the payload is read as
 */
@FunctionalInterface
public interface MessageHandler<T, P> {

    /**
     * Begins to work on {@code received}. The message is acknowledged, and the next one comes, when the result completes. What
     * is thrown, or fails, is reported to {@link AliciaMqtt#handlerErrors()} and ends nothing else.
     */
    Completable handle(Received<T, P> received);
}
