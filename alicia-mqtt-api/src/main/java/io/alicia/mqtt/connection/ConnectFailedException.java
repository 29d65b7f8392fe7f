package io.alicia.mqtt.connection;

import java.util.List;
import java.util.stream.Collectors;
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

    private ConnectFailedException(ConnectFailedException first, String message) {
        super(message, first.getCause());
        this.server = first.server;
        this.failure = first.failure;
    }

    /**
     * Of several servers that were tried: {@link #server()} and {@link #failure()} are those of the first that {@linkplain
     * ConnectFailure#mayPass() waiting alone} does not heal, or else of the last; the message names all, and the others' are
     * suppressed.
     *
     * @param failures at least one, in the order of the attempts
     */
    public static ConnectFailedException ofAll(List<ConnectFailedException> failures) {
        ConnectFailedException first = failures.stream()
                .filter(each -> !each.failure.mayPass())
                .findFirst()
                .orElseGet(() -> failures.get(failures.size() - 1));
        if (failures.size() == 1) {
            return first;
        }
        ConnectFailedException all = new ConnectFailedException(
                first,
                failures.stream()
                        .map(each -> each.server + ": " + each.failure.description())
                        .collect(Collectors.joining("; ", "no connection to any of the servers: ", "")));
        failures.stream().filter(each -> each != first).forEach(all::addSuppressed);
        return all;
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
