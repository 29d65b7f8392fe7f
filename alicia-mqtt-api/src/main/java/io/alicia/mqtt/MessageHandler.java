package io.alicia.mqtt;

import io.reactivex.rxjava3.core.Completable;

/**
 * Works on messages, one at a time. Each call comes on a thread of the client's that may block, with the logging context of its
 * message, also when the work on the message before ended on another thread.
 *
 * <p>Disposing of the handling cancels the work that is under way and acknowledges its message, like those that wait: nobody is
 * there for them any more, and what is not acknowledged holds up the whole client. To let the server send it again later close
 * the client instead.
 *
 * @param <T> what the Topic Name is read as
 * @param <P> what the payload is read as
 */
@FunctionalInterface
public interface MessageHandler<T, P> {

    /**
     * Begins to work on {@code received}. The message is acknowledged, and the next one comes, when the result completes. What
     * is thrown, errors of the virtual machine included, or fails, is reported to {@link AliciaMqtt#handlerErrors()} and ends
     * nothing else.
     */
    Completable handle(Received<T, P> received);
}
