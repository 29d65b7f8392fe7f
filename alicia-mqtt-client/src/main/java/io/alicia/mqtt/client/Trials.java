package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the message that a server ends the connection for, whenever it gets it: those that were under way are suspected, and each
 * suspect is tried alone on a connection that holds; see {@link Suspicion}. Confined to the client's {@link Lane}.
 *
 * <p>What ends that connection as well lets all others pass. As soon as the server has taken one of them it is tried again: then it
 * gets through, or it is at fault and given up. If the server takes none, or there is none, nothing is given up: what waits is
 * tried in turn, again and again but less and less often, down to once in five minutes, and after about an hour it is parked: it
 * costs no further connection until the server has taken another message, or may be another one than before, since the connection
 * was lost for another reason. A message that nobody else can be compared with ends by its deadline or its expiry alone; on disk
 * it stays, and the next process tries it anew.
 */
final class Trials {

    private static final Logger LOGGER = LoggerFactory.getLogger(Trials.class);

    /** A message that is at fault, and what the server may have said against it. */
    record Verdict(Outgoing culprit, ReasonCode reasonCode) {}

    /** Messages whose connection ended under them, and that each have to show that it was not for them. */
    private static final int SUSPECTS_AT_ONCE = 10;

    /** With QoS 2 it is the transport that sends a message again, so that it cannot step behind others. */
    private static final int LOSSES_OF_WHAT_CANNOT_STEP_BACK = 2;

    /** How long the accused are left alone; from then on it doubles. */
    private static final Duration FIRST_REST = Duration.ofSeconds(1);

    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final Lane lane;
    private final Scheduler time;
    private final OutboxQueue queue;
    private final UnderWay underWay;
    private final Runnable whenQuiet;
    private final Set<Suspicion> unwitnessed = new HashSet<>();
    private @Nullable Outgoing trial;
    private @Nullable Disposable quietCheck;
    private @Nullable Disposable restCheck;
    private long connectedMillis;
    private int sentHere;
    private int lossesAloneInARow;
    private long restUntilMillis;
    private long sentWithQos0Millis = Long.MIN_VALUE;

    /** {@code whenQuiet} is run in the lane when a suspect that had to wait may be tried. */
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
        sentHere = 0;
    }

    /** The message that is to be sent next, or null if there is none, or none before the accused have rested. */
    @Nullable
    Outgoing nextOrNull() {
        if (queue.isEmpty()) {
            return null;
        }
        Outgoing accused = null;
        for (Outgoing waiting : queue.all()) {
            if (waiting.isHeld()) {
                continue;
            }
            if (!waiting.isAccused() || waiting.suspicion().isWitnessed()) {
                return waiting;
            }
            Suspicion suspicion = waiting.suspicion();
            boolean isNext = accused == null
                    || suspicion.lossesAlone() < accused.suspicion().lossesAlone();
            if (isNext && !suspicion.isParked()) {
                accused = waiting;
            }
        }
        return accused != null && hasRested() ? accused : null;
    }

    private boolean hasRested() {
        if (lossesAloneInARow == 0) {
            return true;
        }
        long leftMillis = restUntilMillis - nowMillis();
        if (leftMillis > 0 && restCheck == null) {
            restCheck = askAgain(leftMillis, () -> restCheck = null);
        }
        return leftMillis <= 0;
    }

    private Disposable askAgain(long afterMillis, Runnable first) {
        return time.scheduleDirect(
                () -> lane.execute(() -> {
                    first.run();
                    whenQuiet.run();
                }),
                afterMillis,
                TimeUnit.MILLISECONDS);
    }

    private void rest() {
        Disposable earlier = restCheck;
        if (earlier != null) {
            earlier.dispose();
            restCheck = null;
        }
        restUntilMillis = nowMillis() + restMillis();
    }

    private void endRest() {
        lossesAloneInARow = 0;
        rest();
    }

    /** No further trials. */
    void stop() {
        endRest();
        Disposable waiting = quietCheck;
        if (waiting != null) {
            waiting.dispose();
            quietCheck = null;
        }
    }

    /** Whether {@code outgoing} does not disturb a trial, nor, if it is a suspect, has company in its own. */
    boolean admit(Outgoing outgoing) {
        return trial == null && (!outgoing.isSuspect() || (underWay.isTransportIdle() && isQuiet()));
    }

    /** Whether the connection holds without anything from here; if that is too soon to say it is asked again. */
    private boolean isQuiet() {
        long leftMillis = Suspicion.QUIET.toMillis() - (nowMillis() - connectedMillis);
        if (leftMillis > 0 && quietCheck == null) {
            quietCheck = askAgain(leftMillis, () -> quietCheck = null);
        }
        return leftMillis <= 0;
    }

    void sent(Outgoing outgoing) {
        if (outgoing.qos() == Qos.AT_MOST_ONCE) {
            sentWithQos0Millis = nowMillis();
        }
        if (outgoing.isSuspect()) {
            trial = outgoing;
        }
        outgoing.position(sentHere++);
    }

    /** The server has taken it: it speaks for itself, and against those that the server did not take. */
    void acknowledged(Outgoing witness) {
        witness.cleared();
        if (!unwitnessed.isEmpty()) { // an iterator for each message would cost more than the look
            unwitnessed.remove(witness.suspicion());
            int position = positionHere(witness);
            unwitnessed.forEach(other -> other.anotherGotThrough(position));
            unwitnessed.removeIf(Suspicion::isWitnessed);
        }
        if (unwitnessed.isEmpty()) {
            endRest();
        }
    }

    /** What the transport sends again comes before all that it is given. */
    private int positionHere(Outgoing outgoing) {
        return outgoing.sentMillis() >= connectedMillis ? outgoing.position() : 0;
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
            unwitnessed.clear();
            endRest();
        }
        if (trial == null) {
            queue.all().forEach(outgoing -> outgoing.suspicion().unpark());
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
        boolean alone = suspects.size() == 1
                && (first == trial
                        || (sentWithQos0Millis < connectedMillis
                                && charge.filter(Suspicion::isOfAnyPacket).isEmpty()));
        if (first == trial) {
            lostAlone(first, charge.isPresent());
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

    private void lostAlone(Outgoing suspect, boolean charged) {
        Suspicion suspicion = suspect.suspicion();
        if (!suspicion.lostAlone(millisUnderWay(suspect), positionHere(suspect))) {
            return;
        }
        if (suspect.qos() == Qos.EXACTLY_ONCE && suspicion.lossesAlone() >= LOSSES_OF_WHAT_CANNOT_STEP_BACK) {
            suspicion.proven();
        }
        if (!suspicion.isWitnessed()) {
            unwitnessed.add(suspicion);
        }
        if (suspicion.lossesAlone() == 1 && !charged) {
            LOGGER.warn(
                    "the connection ended when {} alone was sent; it lets others pass until it is clear"
                            + " whether that is for the message or for the server",
                    suspect.message());
        }
        if (suspicion.isParked()) {
            LOGGER.error(
                    "{} is parked: {} connections ended when it alone was sent. It is tried again when the server has taken another"
                            + " message, when the connection is lost for another reason, and by the next process{}",
                    suspect.message(),
                    suspicion.lossesAlone(),
                    suspect.isKept() ? ", which finds it on disk" : "");
        }
        lossesAloneInARow++;
        rest();
    }

    /** None after the first loss, which may have been the network's. */
    private long restMillis() {
        int doublings = Math.min(lossesAloneInARow - 2, 20);
        return doublings < 0 ? 0 : Math.min(FIRST_REST.toMillis() << doublings, LONGEST_REST.toMillis());
    }

    private void prove(Outgoing culprit) {
        culprit.suspicion().proven();
        unwitnessed.remove(culprit.suspicion());
        Stream.concat(queue.all().stream(), underWay.all().stream())
                .filter(other -> other != culprit)
                .forEach(other -> other.suspicion().anotherIsProven());
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
