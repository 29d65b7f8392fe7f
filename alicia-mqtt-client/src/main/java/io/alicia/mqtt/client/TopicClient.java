package io.alicia.mqtt.client;

import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.MessageHandler;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.Unacknowledged;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link TypedTopic} over the {@link Core}. */
final class TopicClient<T, P> implements TypedTopic<T, P> {

    private static final Logger LOGGER = LoggerFactory.getLogger(TopicClient.class);

    private final Core core;
    private final TopicUse<T, P> use;

    TopicClient(Core core, TopicUse<T, P> use) {
        this.core = core;
        this.use = use;
    }

    @Override
    public TopicTemplate<T> template() {
        return use.template();
    }

    @Override
    public Flowable<Received<T, P>> messages() {
        return messages(use.template().filter());
    }

    @Override
    public Flowable<Received<T, P>> messages(T levels) {
        return messages(filter(levels));
    }

    private TopicFilter filter(T levels) {
        return TopicFilter.exactly(use.template().name(levels));
    }

    /** Messages of the family that {@code filter} lets through. */
    Flowable<Received<T, P>> messages(TopicFilter filter) {
        return core.stream(
                new StreamOptions(use.shared(filter), use.qos(), false), (message, taken) -> readOrNull(message));
    }

    /** Messages of one topic; {@code created} sees each new stream before it is subscribed. */
    Flowable<Received<T, P>> messages(T levels, Consumer<MessageFlow<Received<T, P>>> created) {
        return core.stream(
                new StreamOptions(use.shared(filter(levels)), use.qos(), false),
                (message, taken) -> readOrNull(message),
                created);
    }

    /** What the server keeps on each topic of the family, and what it keeps no more. */
    Flowable<Kept<T, P>> kept() {
        return kept(use.template().filter());
    }

    /** What the server keeps on one topic, and that it keeps nothing any more. */
    Flowable<Kept<T, P>> kept(T levels) {
        return kept(filter(levels));
    }

    private Flowable<Kept<T, P>> kept(TopicFilter filter) {
        return core.stream(
                new StreamOptions(use.shared(filter), use.qos(), false), (message, taken) -> keptOrNull(message));
    }

    private @Nullable Kept<T, P> keptOrNull(ApplicationMessage message) {
        if (message.payload().isEmpty()) {
            T levels = levelsOrNull(message);
            return levels == null ? null : new Kept<>(levels, Optional.<P>empty());
        }
        Received<T, P> received = readOrNull(message);
        return received == null ? null : new Kept<>(received.levels(), Optional.of(received.payload()));
    }

    @Override
    public Flowable<Unacknowledged<T, P>> unacknowledgedMessages() {
        return unacknowledged(use.template().filter());
    }

    @Override
    public Flowable<Unacknowledged<T, P>> unacknowledgedMessages(T levels) {
        return unacknowledged(filter(levels));
    }

    private Flowable<Unacknowledged<T, P>> unacknowledged(TopicFilter filter) {
        return core.stream(new StreamOptions(use.shared(filter), use.qos(), true), (message, taken) -> {
            Received<T, P> received = readOrNull(message);
            return received == null ? null : new Held<>(received, taken);
        });
    }

    private @Nullable Received<T, P> readOrNull(ApplicationMessage message) {
        T levels = levelsOrNull(message);
        if (levels == null) {
            return null;
        }
        try {
            P payload = use.value(message);
            return new Received<>(levels, ofDeviceInTopic(levels, payload, message), message);
        } catch (PayloadException e) {
            if (use.retained() && message.payload().isEmpty()) {
                LOGGER.debug("{} was taken back", message.topic());
            } else {
                report("cannot read", new DecodingError(message, String.valueOf(e.getMessage())));
            }
        } catch (RuntimeException | Error e) { // a stack that overflows at one message says nothing of the next
            LOGGER.warn("the codec of {} failed in a way that codecs must not", use.template(), e);
            report("cannot read", new DecodingError(message, e.toString()));
        }
        return null;
    }

    /** The levels may be read by functions of the user's own, as payloads are. */
    private @Nullable T levelsOrNull(ApplicationMessage message) {
        try {
            Optional<T> levels = use.template().match(message.topic());
            if (levels.isEmpty()) {
                use.template()
                        .misreading(message.topic())
                        .ifPresent(reason -> report("cannot read", new DecodingError(message, reason)));
            }
            return levels.orElse(null);
        } catch (Error e) { // of functions that read levels; they say nothing of the next message
            LOGGER.warn("the levels of {} failed in a way that they must not", use.template(), e);
            report("cannot read", new DecodingError(message, e.toString()));
            return null;
        }
    }

    private P ofDeviceInTopic(T levels, P payload, ApplicationMessage message) {
        String contradiction = use.ofTheHouse() ? DeviceOfTopic.contradiction(levels, payload) : null;
        if (contradiction == null) {
            return payload;
        }
        report("contradiction in", new DecodingError(message, contradiction));
        return DeviceOfTopic.corrected(levels, payload);
    }

    private void report(String trouble, DecodingError error) {
        if (core.decodingErrors().hasListeners()) {
            LOGGER.debug("{} {}", trouble, error);
        } else {
            LOGGER.warn("{} {}", trouble, error);
        }
        core.decodingErrors().report(error);
    }

    @Override
    public Disposable onMessage(MessageHandler<T, P> handler) {
        return handle(unacknowledgedMessages(), 1, handler);
    }

    @Override
    public Disposable onMessage(T levels, MessageHandler<T, P> handler) {
        return onMessage(levels, 1, handler);
    }

    /** Has {@code handler} work on up to {@code atOnce} messages of one topic at a time, in no order. */
    Disposable onMessage(T levels, int atOnce, MessageHandler<T, P> handler) {
        return handle(unacknowledgedMessages(levels), atOnce, handler);
    }

    private Disposable handle(Flowable<Unacknowledged<T, P>> messages, int atOnce, MessageHandler<T, P> handler) {
        Objects.requireNonNull(handler, "handler");
        HandlerLoop<T, P> loop =
                new HandlerLoop<>(use.template(), handler, atOnce, core.handlerErrors()::report, core.threads());
        messages.subscribe(loop);
        return loop;
    }

    @Override
    public Completable publish(T levels, P payload) {
        ApplicationMessage message = use.message(levels, payload);
        return publishForResult(message).flatMapCompletable(result -> outcome(message, result));
    }

    @Override
    public Completable removeRetained(T levels) {
        ApplicationMessage message = use.removal(levels);
        return publishForResult(message).flatMapCompletable(result -> outcome(message, result));
    }

    private static Completable outcome(ApplicationMessage message, PublishResult result) {
        return result.isAcknowledged()
                ? Completable.complete()
                : Completable.error(new PublishFailedException(message.topic(), result));
    }

    @Override
    public Single<PublishResult> publishForResult(T levels, P payload) {
        return publishForResult(use.message(levels, payload));
    }

    private Single<PublishResult> publishForResult(ApplicationMessage message) {
        return core.publish(message, use.deadline().orElse(core.settings().publishDeadline()));
    }

    /** Publishes what {@code change} makes of the message. */
    Completable publish(T levels, P payload, UnaryOperator<ApplicationMessage> change) {
        ApplicationMessage message = change.apply(use.message(levels, payload));
        return publishForResult(message).flatMapCompletable(result -> outcome(message, result));
    }

    /** Publishes what {@code change} makes of the message; it is sent no more once the subscriber disposes of it. */
    Single<PublishResult> publishWhileWanted(
            T levels, P payload, UnaryOperator<ApplicationMessage> change, Duration deadline) {
        return core.publishWhileWanted(change.apply(use.message(levels, payload)), deadline);
    }

    @Override
    public TopicClient<T, P> withQos(Qos qos) {
        return new TopicClient<>(core, use.withQos(qos));
    }

    @Override
    public TopicClient<T, P> withRetained(boolean retained) {
        return new TopicClient<>(core, use.withRetained(retained));
    }

    @Override
    public TopicClient<T, P> withMessageExpiryInterval(Duration interval) {
        return new TopicClient<>(core, use.withExpiry(interval));
    }

    @Override
    public TopicClient<T, P> withDeadline(Duration deadline) {
        return new TopicClient<>(core, use.withDeadline(deadline));
    }

    @Override
    public TopicClient<T, P> sharedBy(String shareName) {
        return new TopicClient<>(core, use.withShareName(shareName));
    }

    @Override
    public String toString() {
        return use.template().toString();
    }

    private static final class Held<T, P> implements Unacknowledged<T, P> {

        private final Received<T, P> received;
        private final Runnable taken;
        private final AtomicBoolean acknowledged = new AtomicBoolean();

        Held(Received<T, P> received, Runnable taken) {
            this.received = received;
            this.taken = taken;
        }

        @Override
        public Received<T, P> received() {
            return received;
        }

        @Override
        public void acknowledge() {
            if (acknowledged.compareAndSet(false, true)) {
                taken.run();
            }
        }
    }
}
