package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A message between the caller's publish and its result. Confined to the client's {@link Lane} once it is in the outbox. */
final class Outgoing implements Disposable, Runnable {

    /** Where it is. */
    enum Place {
        /** Waits for a connection or for room. */
        QUEUED,
        /** With the transport. */
        IN_FLIGHT,
        /** Has its result. */
        DONE
    }

    /**
     * When it was published.
     *
     * @param steadyMillis by the client's timer, for all that is measured in this process
     * @param wallMillis by the time of day, for another process
     */
    record Accepted(long steadyMillis, long wallMillis) {}

    /** From here on a character has two bytes in UTF-8. */
    private static final char TWO_BYTES = 0x80;

    /** From here on three, or half of four. */
    private static final char THREE_BYTES = 0x800;

    private final ApplicationMessage message;
    private final long acceptedMillis;
    private final long acceptedWallMillis;
    private final long deadlineMillis;
    private final SingleObserver<? super PublishResult> caller;
    private final Executor results;
    private long sequence;
    private Place place = Place.QUEUED;
    private boolean kept;
    private boolean marked;
    private Progress progress = Progress.WAITING;
    private int packetIdentifier = StoredMessage.NO_PACKET_IDENTIFIER;
    private String server = "";
    private boolean inTransport;
    private @Nullable DiskClaim claim;
    private boolean held;
    private boolean told;
    private boolean restored;
    private boolean resumed;
    private boolean presence;
    private boolean possiblySent;
    private volatile boolean onDisk;
    private long sentMillis;
    private int position;

    /** Made when something is said of it: most messages go their way unsuspected. */
    private @Nullable Suspicion suspicion;

    private @Nullable PublishResult result;
    private @Nullable Throwable failure;
    private volatile boolean disposed;

    /** To have its result by {@code deadlineMillis}. */
    Outgoing(
            ApplicationMessage message,
            Accepted accepted,
            long deadlineMillis,
            SingleObserver<? super PublishResult> caller,
            Executor results) {
        this.message = message;
        this.acceptedMillis = accepted.steadyMillis();
        this.acceptedWallMillis = accepted.wallMillis();
        this.deadlineMillis = deadlineMillis;
        this.caller = caller;
        this.results = results;
    }

    ApplicationMessage message() {
        return message;
    }

    Qos qos() {
        return message.qos();
    }

    /** Topic and payload, in bytes. */
    long bytes() {
        return message.payload().length() + (long) utf8Length(message.topic().value());
    }

    private static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= TWO_BYTES) {
                length += unit >= THREE_BYTES && !Character.isSurrogate(unit) ? 2 : 1; // two surrogates have four
            }
        }
        return length;
    }

    long sequence() {
        return sequence;
    }

    void sequence(long number) {
        sequence = number;
    }

    Place place() {
        return place;
    }

    void place(Place next) {
        place = next;
    }

    /** Whether an {@link OutboxStore} has it, so that another process would find it. */
    boolean isKept() {
        return kept;
    }

    void kept(boolean now) {
        kept = now;
    }

    /** Whether the {@link OutboxStore} was told that it is about to be sent. */
    boolean isMarked() {
        return marked;
    }

    void marked(boolean now) {
        marked = now;
    }

    /** Whether an earlier process began its handshake. */
    boolean isResumed() {
        return resumed;
    }

    void markResumed() {
        resumed = true;
    }

    /** How far its handshake has come, with QoS 2, as another process is to know it. */
    Progress progress() {
        return progress;
    }

    void progress(Progress now) {
        progress = now;
    }

    /** What its handshake goes under if it is to outlive the process, or {@link StoredMessage#NO_PACKET_IDENTIFIER}. */
    int packetIdentifier() {
        return packetIdentifier;
    }

    /** Its handshake goes under {@code identifier}, in the session of {@code with}. */
    void handshake(int identifier, String with) {
        packetIdentifier = identifier;
        server = with;
    }

    /** It has no handshake that outlives the process. */
    void noHandshake() {
        handshake(StoredMessage.NO_PACKET_IDENTIFIER, "");
    }

    /** Whose session its handshake belongs to. */
    String server() {
        return server;
    }

    /** Whether the transport has it, which may be longer than anybody waits for it. */
    boolean isInTransport() {
        return inTransport;
    }

    void inTransport(boolean now) {
        inTransport = now;
    }

    /** Whether the disk gets it; null if that was never asked for. */
    @Nullable
    DiskClaim claim() {
        return claim;
    }

    void claim(DiskClaim latest) {
        claim = latest;
    }

    /** Whether it is not to be sent for now: another process would find it, and send it once more. */
    boolean isHeld() {
        return held;
    }

    void held(boolean now) {
        held = now;
    }

    /** It comes from an earlier process, which left it as {@code stored}. */
    void markRestored(StoredMessage stored) {
        restored = true;
        kept = true;
        onDisk = true;
        claim = DiskClaim.taken();
        progress = stored.progress();
        packetIdentifier = stored.packetIdentifier();
        server = stored.server();
    }

    /** Whether the disk certainly has it; true from the moment when it is written, in whichever thread. */
    boolean isOnDisk() {
        return onDisk;
    }

    void onDisk(boolean now) {
        onDisk = now;
    }

    /** It says that the client is there: worth nothing on any other connection than the one that it is for. */
    void markPresence() {
        presence = true;
    }

    boolean isPresence() {
        return presence;
    }

    /** When it was given to the transport. */
    long sentMillis() {
        return sentMillis;
    }

    void sentMillis(long now) {
        sentMillis = now;
    }

    /** How many had been sent on the same connection before it. */
    int position() {
        return position;
    }

    void position(int before) {
        position = before;
    }

    Suspicion suspicion() {
        Suspicion known = suspicion == null ? new Suspicion() : suspicion;
        suspicion = known;
        return known;
    }

    boolean isSuspect() {
        return suspicion != null && suspicion.isSuspect();
    }

    boolean isAccused() {
        return suspicion != null && suspicion.isAccused();
    }

    /** See {@link Suspicion#cleared()}. */
    void cleared() {
        if (suspicion != null) {
            suspicion.cleared();
        }
    }

    /** It is what {@code earlier} was, once more. */
    void suspicionOf(Outgoing earlier) {
        suspicion = earlier.suspicion();
    }

    /** Whether it was with the transport when a session ended, so that nobody may say that it was never sent. */
    boolean isPossiblySent() {
        return possiblySent;
    }

    void markPossiblySent() {
        possiblySent = true;
    }

    boolean isRestored() {
        return restored;
    }

    long acceptedMillis() {
        return acceptedMillis;
    }

    StoredMessage stored() {
        return new StoredMessage(message, acceptedWallMillis, progress, packetIdentifier, server);
    }

    /** Whether it is not worth delivering any more. */
    boolean isExpired(long nowMillis) {
        return message.messageExpiryInterval()
                .map(interval -> nowMillis - acceptedMillis() >= interval.toMillis())
                .orElse(false);
    }

    /** When something is to be done about it unless it is through by then; {@link Long#MAX_VALUE}: never. */
    long dueMillis() {
        long due = told ? Long.MAX_VALUE : deadlineMillis;
        return place != Place.QUEUED || message.messageExpiryInterval().isEmpty()
                ? due
                : Math.min(
                        due,
                        acceptedMillis() + message.messageExpiryInterval().get().toMillis());
    }

    /** Whether its caller wants to know its result now. */
    boolean isOverdue(long nowMillis) {
        return nowMillis >= deadlineMillis;
    }

    /** The message as it is to be sent now: the time that it waited comes off its Message Expiry Interval. */
    ApplicationMessage messageAt(long nowMillis) {
        long waitedSeconds = (nowMillis - acceptedMillis()) / 1_000;
        return waitedSeconds == 0 || message.messageExpiryInterval().isEmpty()
                ? message
                : message.toBuilder()
                        .messageExpiryInterval(
                                message.messageExpiryInterval().get().minusSeconds(waitedSeconds))
                        .build();
    }

    /**
     * Gives the caller a result, once; the message may go its way nevertheless.
     *
     * @return whether it had none yet
     */
    boolean tell(PublishResult known) {
        if (told) {
            return false;
        }
        told = true;
        result = known;
        results.execute(this);
        return true;
    }

    boolean isTold() {
        return told;
    }

    /** Its end, with a message that is itself at fault. */
    void fail(Throwable fault) {
        if (place != Place.DONE) {
            place = Place.DONE;
            if (!told) {
                told = true;
                failure = fault;
                results.execute(this);
            }
        }
    }

    /** Tells the caller; where it may block. */
    @Override
    public void run() {
        Throwable fault = failure;
        PublishResult ending = result;
        if (disposed) {
            return;
        }
        disposed = true;
        if (ending != null) {
            caller.onSuccess(ending);
        } else if (fault != null) {
            caller.onError(fault);
        }
    }

    /** The caller does not want to know any more; the message goes its way. */
    @Override
    public void dispose() {
        disposed = true;
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
