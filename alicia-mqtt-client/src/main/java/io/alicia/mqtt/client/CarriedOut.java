package io.alicia.mqtt.client;

import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that one handler was given last, and what became of them. QoS 1 brings a command once more when an acknowledgement is
 * lost with its connection, this client's or that of whoever sent it, and the second time it may be without the DUP flag. Its
 * envelope says that it is the same one: a lamp that was toggled is not toggled back, and the answer is the one of the first time.
 *
 * <p>Bounded, since what comes again comes soon. Safe for several threads.
 */
final class CarriedOut {

    private static final Logger LOGGER = LoggerFactory.getLogger(CarriedOut.class);

    /** Beside those that are in the works. */
    private static final int REMEMBERED = 256;

    /** What one message is called: an id may be free text, which is not always as unique as it should be. */
    private record Name(String messageId, String source, Instant timestamp) {
        static Name of(Envelope<?> envelope) {
            return new Name(envelope.messageId(), envelope.source(), envelope.timestamp());
        }
    }

    private final Map<Name, SingleSubject<CommandResult>> results;

    /** For a handler with so many commands at a time. */
    CarriedOut(int atOnce) {
        results = new Latest(REMEMBERED + atOnce);
    }

    /** What {@code work}, which does not fail, makes of the command in {@code envelope}, or has made of it before. */
    Single<CommandResult> once(Envelope<?> envelope, Single<CommandResult> work) {
        Name name = Name.of(envelope);
        return Single.defer(() -> {
            SingleSubject<CommandResult> own = SingleSubject.create();
            SingleSubject<CommandResult> earlier = putIfAbsent(name, own);
            if (earlier != null) {
                LOGGER.debug("command {} of {} came again", name.messageId(), name.source());
                return earlier;
            }
            return work.doOnSuccess(own::onSuccess).doOnDispose(() -> forget(name, own));
        });
    }

    private synchronized @Nullable SingleSubject<CommandResult> putIfAbsent(
            Name name, SingleSubject<CommandResult> own) {
        return results.putIfAbsent(name, own);
    }

    private synchronized void forget(Name name, SingleSubject<CommandResult> own) {
        results.remove(name, own);
    }

    private static final class Latest extends LinkedHashMap<Name, SingleSubject<CommandResult>> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Latest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, SingleSubject<CommandResult>> eldest) {
            return size() > most;
        }
    }
}
