package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.session.LocalClient;
import io.alicia.mqtt.broker.session.LocalDelivery;
import io.alicia.mqtt.message.ApplicationMessage;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages between a bridge's local session and its link to the remote broker, in both directions, and when the last one
 * passed. Belongs to the event loop of the session, of which others may only ask whether there is one.
 */
final class Traffic implements LocalClient.Peer, RemoteLink.Receiver {

    private final Consumer<String> whenSessionEnded;
    private volatile @Nullable LocalClient local;
    private @Nullable RemoteLink link;
    private long lastMillis;
    private boolean stopped;

    /**
     * Nothing passes yet.
     *
     * @param whenSessionEnded given why there is no local session any more
     */
    Traffic(Consumer<String> whenSessionEnded) {
        this.whenSessionEnded = whenSessionEnded;
    }

    /** The two ends, from now on. */
    void between(LocalClient session, RemoteLink remote) {
        local = session;
        link = remote;
    }

    /** {@return the local session; null if it is not open yet} */
    @Nullable
    LocalClient localOrNull() {
        return local;
    }

    LocalClient local() {
        LocalClient present = local;
        if (present == null) {
            throw new IllegalStateException("the bridge has no local session yet");
        }
        return present;
    }

    RemoteLink link() {
        if (link == null) {
            throw new IllegalStateException("the bridge has no link yet");
        }
        return link;
    }

    /** The link is connected: it is not idle yet. */
    void begins() {
        lastMillis = local().nowMillis();
    }

    /** {@return how long nothing has passed} */
    long idleMillis() {
        return local().nowMillis() - lastMillis;
    }

    /** What still comes from the remote broker is not taken. */
    void stop() {
        stopped = true;
    }

    @Override
    public void arrived(ApplicationMessage message, Runnable acknowledge, Runnable next) {
        if (stopped) {
            return;
        }
        begins();
        LocalClient client = local();
        client.publish(message, acknowledge);
        client.whenCaughtUp(next);
    }

    @Override
    public void delivered(LocalDelivery delivery) {
        local().delivered(delivery);
    }

    @Override
    public void returned(LocalDelivery delivery) {
        local().returned(delivery);
    }

    @Override
    public void writable() {
        local().pump();
    }

    @Override
    public OptionalInt receiveMaximum() {
        return link().receiveMaximum();
    }

    @Override
    public boolean isWritable() {
        return link().isWritable();
    }

    @Override
    public boolean isCongested() {
        return link().isCongested();
    }

    @Override
    public boolean send(LocalDelivery delivery) {
        begins();
        return link().send(delivery);
    }

    @Override
    public void ended(String reason) {
        whenSessionEnded.accept(reason);
    }
}
