package io.alicia.mqtt;

/**
 * A message whose receiver says when it is done with it. Until then it counts against the server's Receive Maximum, and comes
 * again if this process ends and the session is kept.
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
