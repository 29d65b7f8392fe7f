package io.alicia.mqtt;

/**
 * A message whose receiver says when it is done with it. Until then it counts against the client's Receive Maximum, holds up the
 * acknowledgements of those that came after it, and comes again if this process ends and the session is kept. Acknowledged at the
 * latest when its stream is disposed of. Safe for several threads.
 *
 * @param <T> what the Topic Name is read as
 * @param <P> what the payload is read as
 */
public interface Unacknowledged<T, P> {

    /** The message. */
    Received<T, P> received();

    /** Done: the server may forget it. Never blocks; any thread; a second call does nothing. */
    void acknowledge();
}
