package io.alicia.mqtt.connection;

import org.jspecify.annotations.Nullable;

/** A connection did not come about; {@link #failure()} says why in a form to act upon. */
public final class ConnectFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServerAddress server;
    private final transient ConnectFailure failure;

    /** For {@code server}, because of {@code failure}. */
    public ConnectFailedException(ServerAddress server, ConnectFailure failure, @Nullable Throwable cause) {
        super("no connection to " + server + ": " + failure.description(), cause);
        this.server = server;
        this.failure = failure;
    }

    /** The server that was tried. */
    public ServerAddress server() {
        return server;
    }

    /** Why. */
    public ConnectFailure failure() {
        return failure;
    }
}
