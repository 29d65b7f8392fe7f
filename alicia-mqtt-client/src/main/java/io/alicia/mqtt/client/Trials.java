package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message that a server ends the connection for, whenever it gets it: those that were under way are suspected, and each
 * suspect is tried alone on a connection that holds; see {@link Suspicion}. Confined to the client's {@link Lane}.
 */
final class Trials {

    /** A message that is at fault, and what the server may have said against it. */
    record Verdict(Outgoing culprit, ReasonCode reasonCode) {}

    /** Messages whose connection ended under them, and that each have to show that it was not for them. */
    private static final int SUSPECTS_AT_ONCE = 10;

    private final Lane lane;
    private final Scheduler time;
    private final OutboxQueue queue;
    private final UnderWay underWay;
    private final Runnable whenQuiet;
    private @Nullable Outgoing trial;
    private @Nullable Disposable quietCheck;
    private long connectedMillis;
    private long sentWithQos0Millis = Long.MIN_VALUE;

    /** {@code whenQuiet} is run in the lane when a suspect that had to wait for silence may be tried. */
    Trials(Lane lane, Scheduler time, OutboxQueue queue, UnderWay underWay, Runnable whenQuiet) {
        this.lane = lane;
        this.time = time;
        this.queue = queue;
        this.underWay = underWay;
        this.whenQuiet = whenQuiet;
    }

    private long nowMillis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    void connected() {
        connectedMillis = nowMillis();
    }

    /** Whether {@code outgoing} does not disturb a trial, nor, if it is a suspect, has company in its own. */
    boolean admit(Outgoing outgoing) {
        return trial == null && (!outgoing.suspicion().isSuspect() || (underWay.isTransportIdle() && isQuiet()));
    }

    /** Whether the connection holds without anything from here; if that is too soon to say it is asked again. */
    private boolean isQuiet() {
        long leftMillis = Suspicion.QUIET.toMillis() - (nowMillis() - connectedMillis);
        if (leftMillis > 0 && quietCheck == null) {
            quietCheck = time.scheduleDirect(
                    () -> lane.execute(() -> {
                        quietCheck = null;
                        whenQuiet.run();
                    }),
                    leftMillis,
                    TimeUnit.MILLISECONDS);
        }
        return leftMillis <= 0;
    }

    void sent(Outgoing outgoing) {
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            sentWithQos0Millis = nowMillis();
        }
        if (outgoing.suspicion().isSuspect()) {
            trial = outgoing;
        }
    }

    void leftTransport(Outgoing outgoing) {
        if (trial == outgoing) {
            trial = null;
        }
    }

    /** Looks for the message that the connection ended for, if it was for one. */
    Optional<Verdict> disconnected(DisconnectCause cause) {
        Disposable quiet = quietCheck;
        if (quiet != null) {
            quiet.dispose();
            quietCheck = null;
            queue.all().forEach(outgoing -> outgoing.suspicion().cleared());
        }
        List<Outgoing> suspects = underWay.unacknowledged();
        // What is proven and still with the transport ends this connection as well: nobody else is to be charged with
        // it.
        if (suspects.isEmpty()
                || suspects.stream().anyMatch(outgoing -> outgoing.suspicion().isProven())) {
            return Optional.empty();
        }
        Optional<ReasonCode> charge = Suspicion.charge(cause);
        Outgoing first = suspects.get(0);
        boolean alone = suspects.size() == 1 && (first == trial || sentWithQos0Millis < connectedMillis);
        if (first == trial) {
            first.suspicion().lostAlone(millisUnderWay(first));
        }
        if (first.suspicion().isProven() || (charge.isPresent() && alone)) {
            prove(first);
            return Optional.of(new Verdict(first, charge.orElse(ReasonCode.UNSPECIFIED_ERROR)));
        }
        if (first != trial) {
            suspect(suspects, charge.isPresent());
        }
        return Optional.empty();
    }

    private void prove(Outgoing culprit) {
        culprit.suspicion().proven();
        Stream.concat(queue.all().stream(), underWay.all().stream())
                .filter(other -> other != culprit)
                .forEach(other -> other.suspicion().cleared());
    }

    /** Servers take messages in order, so that the one at fault comes to the front of those that have no answer. */
    private void suspect(List<Outgoing> unanswered, boolean charged) {
        unanswered.stream().limit(SUSPECTS_AT_ONCE).forEach(outgoing -> {
            outgoing.suspicion().lost(millisUnderWay(outgoing));
            if (charged) {
                outgoing.suspicion().charged();
            }
        });
    }

    /** Since it was sent on the connection that ended: the transport sends again at once what the session had under way. */
    private long millisUnderWay(Outgoing outgoing) {
        return nowMillis() - Math.max(outgoing.sentMillis(), connectedMillis);
    }

    /**
     * Whether the next connection is better off without what the transport would send again on it: it was the end of earlier ones.
     * Not while another one with QoS 2 is among it, whose handshake the transport alone can finish.
     */
    boolean wantInFlightForgotten() {
        boolean feared = underWay.all().stream()
                .anyMatch(outgoing ->
                        outgoing.suspicion().isSuspect() || outgoing.suspicion().isProven());
        return feared
                && underWay.all().stream()
                        .noneMatch(outgoing -> outgoing.qos() == Qos.EXACTLY_ONCE
                                && !outgoing.suspicion().isProven());
    }
}
