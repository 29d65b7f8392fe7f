package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttConnection;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection attempt between its caller and the HiveMQ client, which can neither be cancelled nor given one deadline for
 * network, handshakes and CONNACK together. Both are had here by closing its socket.
 */
class PendingConnect {

    private enum Outcome {
        OPEN,
        DECIDED,
        TIMED_OUT,
        GIVEN_UP
    }

    private final ConnectRequest request;
    private final ChannelSetup channel;
    private final SingleEmitter<MqttConnection> emitter;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.OPEN);
    private final CompletableSubject finished = CompletableSubject.create();
    private volatile @Nullable Runnable abort;
    private volatile boolean accepted;

    PendingConnect(ConnectRequest request, ChannelSetup channel, SingleEmitter<MqttConnection> emitter) {
        this.request = request;
        this.channel = channel;
        this.emitter = emitter;
    }

    /** What closes the socket; run when the caller cancels, or by the deadline. */
    void onGivenUp(Runnable closeSocket) {
        abort = closeSocket;
        emitter.setCancellable(() -> stop(Outcome.GIVEN_UP));
    }

    void timeOut() {
        stop(Outcome.TIMED_OUT);
    }

    private void stop(Outcome why) {
        Runnable closeSocket = abort;
        if (outcome.compareAndSet(Outcome.OPEN, why) && closeSocket != null) {
            closeSocket.run();
        }
    }

    boolean isGivenUp() {
        return outcome.get() == Outcome.GIVEN_UP;
    }

    /** Whether a connection that comes now is for the caller; after that neither the deadline nor the caller stops it. */
    boolean isStillWanted() {
        return outcome.compareAndSet(Outcome.OPEN, Outcome.DECIDED);
    }

    /** The server has accepted: the HiveMQ client tells of the end of a connection from now on, not of a failed attempt. */
    void accepted() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Gives the caller the connection that {@link #isStillWanted} was asked for. */
    void succeed(MqttConnection connection) {
        emitter.onSuccess(connection);
    }

    void fail(Throwable failure) {
        if (outcome.compareAndSet(Outcome.OPEN, Outcome.DECIDED)) {
            emitter.tryOnError(failure(why(failure), failure));
        } else if (outcome.get() == Outcome.TIMED_OUT) {
            emitter.tryOnError(failure(new ConnectFailure.TimedOut(request.timeout()), null));
        }
    }

    private ConnectFailure why(Throwable failure) {
        ConnectFailure why = ConnectFailures.of(failure, request.timeout());
        return why instanceof ConnectFailure.ClosedEarly && channel.isInTlsHandshake()
                ? ConnectFailure.ClosedEarly.inTlsHandshake()
                : why;
    }

    private ConnectFailedException failure(ConnectFailure why, @Nullable Throwable cause) {
        return new ConnectFailedException(request.server(), why, cause);
    }

    void end() {
        finished.onComplete();
    }

    /** Completes when the HiveMQ client is free for the next attempt. */
    Completable finished() {
        return finished;
    }
}
