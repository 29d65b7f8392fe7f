package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way over a connection; brings what becomes of it into the {@link Lane}. One object for each message, where {@link
 * InLane} with what it is told would be four. Never cancels: what was sent was sent.
 */
final class Sending implements SingleObserver<PublishOutcome>, Runnable {

    /** Who is told, in the lane. */
    interface Sender {

        void sent(Outgoing outgoing, PublishOutcome outcome, Optional<Qos> loweredTo);

        void notSent(MqttConnection on, Outgoing outgoing, Throwable failure);
    }

    private final Lane lane;
    private final Sender sender;
    private final MqttConnection on;
    private final Outgoing outgoing;
    private final Optional<Qos> loweredTo;

    // Written before it goes into the lane, read there.
    private @Nullable PublishOutcome outcome;
    private @Nullable Throwable failure;

    Sending(Lane lane, Sender sender, MqttConnection on, Outgoing outgoing, Optional<Qos> loweredTo) {
        this.lane = lane;
        this.sender = sender;
        this.on = on;
        this.outgoing = outgoing;
        this.loweredTo = loweredTo;
    }

    @Override
    public void onSubscribe(Disposable disposable) {
        // Not kept, see the type.
    }

    @Override
    public void onSuccess(PublishOutcome result) {
        outcome = result;
        if (outgoing.qos() == Qos.EXACTLY_ONCE) {
            lane.execute(this); // after what its handshake has brought before
        } else {
            lane.executeAnswer(this);
        }
    }

    @Override
    public void onError(Throwable fault) {
        failure = fault;
        lane.execute(this);
    }

    @Override
    public void run() {
        PublishOutcome taken = outcome;
        Throwable fault = failure;
        if (taken != null) {
            sender.sent(outgoing, taken, loweredTo);
        } else if (fault != null) {
            sender.notSent(on, outgoing, fault);
        }
    }
}
