package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.session.LocalDelivery;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bridge's end towards the remote broker: one client session of the transport over any number of connections. What arrives
 * on the transport's threads is brought to the bridge's event loop, where everything else happens.
 */
final class RemoteLink {

    /** Whom it tells, on the event loop. */
    interface Owner {

        void connected();

        void failed(Throwable failure);

        void lost(DisconnectCause cause);
    }

    /** Is told of messages, on the bridge's event loop. */
    interface Receiver {

        /** A message arrived. {@code acknowledge} when it is safe; {@code next} when there is room for another. */
        void arrived(ApplicationMessage message, Runnable acknowledge, Runnable next);

        /** A message reached the remote broker, or will never be taken. */
        void delivered(LocalDelivery delivery);

        /** A message was lost with the session that it was sent in. */
        void returned(LocalDelivery delivery);

        /** It takes messages again. */
        void writable();
    }

    private static final Logger LOG = LoggerFactory.getLogger(RemoteLink.class);
    /** Messages that may be on their way from the transport's thread to the event loop. */
    private static final int PREFETCH = 64;

    /** What a server without a Receive Maximum has (MQTT 5 §3.2.2.3.3). */
    private static final int NO_RECEIVE_MAXIMUM = 65_535;

    private static final long HIGH_WATER_BYTES = 256L * 1024;
    private static final long CONGESTED_BYTES = 4L * 1024 * 1024;

    private final BridgeConfig config;
    private final MqttTransport transport;
    private final TopicMapping mapping;
    private final Executor loop;
    private final Executor blocking;
    private final Owner owner;
    private final Receiver receiver;
    private final CompositeDisposable operations = new CompositeDisposable();
    private Disposable attempt = Disposable.disposed();
    private @Nullable MqttConnection connection;
    private long qos0Bytes;
    private boolean toldRefusal;

    /**
     * Not connected.
     *
     * @param loop the bridge's event loop
     * @param blocking runs what may block
     */
    RemoteLink(
            BridgeConfig config,
            MqttTransport transport,
            Executor loop,
            Executor blocking,
            Owner owner,
            Receiver receiver) {
        this.config = config;
        this.transport = transport;
        this.mapping = new TopicMapping(config.topics());
        this.loop = loop;
        this.blocking = blocking;
        this.owner = owner;
        this.receiver = receiver;
        transport.deliveries().subscribe(new Incoming());
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The broker has stopped: nobody is left whom this could interest.
            LOG.debug("bridge {} heard something after its end", config.name(), e);
        }
    }

    /** Tries once; the owner hears how it went. */
    void connect(ConnectRequest request) {
        attempt = Single.<MqttConnection>create(emitter -> {
                    try {
                        blocking.execute(() -> emitter.setDisposable(Single.defer(() -> transport.connect(request))
                                .subscribe(emitter::onSuccess, emitter::tryOnError)));
                    } catch (RejectedExecutionException e) {
                        // The broker has stopped since: there is nothing to connect, and nobody to tell.
                        LOG.debug("bridge {} connects no more", config.name(), e);
                    }
                })
                .subscribe(made -> onLoop(() -> opened(made)), failure -> onLoop(() -> owner.failed(failure)));
    }

    private void opened(MqttConnection made) {
        operations.clear();
        connection = made;
        toldRefusal = false;
        operations.add(made.closed().subscribe(cause -> onLoop(() -> closed(made, cause))));
        owner.connected();
    }

    @SuppressWarnings("ReferenceEquality") // one object a connection
    private void closed(MqttConnection ended, DisconnectCause cause) {
        if (connection == ended) {
            connection = null;
            owner.lost(cause);
        }
    }

    boolean isConnected() {
        return connection != null;
    }

    private MqttConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("bridge " + config.name() + " is not connected");
        }
        return connection;
    }

    /** Whether the remote broker goes on with the session of an earlier connection. */
    boolean sessionPresent() {
        return connection().connack().sessionPresent();
    }

    /** What the remote broker takes unacknowledged; empty if it did not say, which is read as the largest. */
    OptionalInt receiveMaximum() {
        int maximum = connection().connack().receiveMaximum();
        return maximum == NO_RECEIVE_MAXIMUM ? OptionalInt.empty() : OptionalInt.of(maximum);
    }

    boolean isWritable() {
        return connection != null && qos0Bytes < HIGH_WATER_BYTES;
    }

    boolean isCongested() {
        return qos0Bytes > CONGESTED_BYTES;
    }

    /** Sends a message from here; false if it is too large. */
    boolean send(LocalDelivery delivery) {
        Connack connack = connection().connack();
        TopicName topic = mapping.outgoing(delivery.topic());
        long largest = largestPacket(connack);
        if (largest < Long.MAX_VALUE && delivery.packetBytes(config.protocolVersion(), topic) > largest) {
            return false;
        }
        Qos qos = delivery.qos().atMost(connack.maximumQos());
        boolean retain = delivery.retain() && config.outgoingRetain() && connack.retainAvailable();
        if (delivery.qos() == Qos.AT_MOST_ONCE) {
            qos0Bytes += delivery.bytes();
        }
        LOG.debug("Sending PUBLISH to {} (q{}, '{}')", config.localClientid(), qos.level(), topic);
        connection().publish(delivery.message(topic, qos, retain)).subscribe(new Report(delivery));
        return true;
    }

    private long largestPacket(Connack connack) {
        long own = config.maxPacketSize() == 0 ? Long.MAX_VALUE : config.maxPacketSize();
        return Math.min(own, connack.maximumPacketSize().orElse(Long.MAX_VALUE));
    }

    /** Sends a message of the bridge itself; whether it arrives shows in nothing but the message. */
    void announce(ApplicationMessage message) {
        operations.add(connection()
                .publish(message)
                .subscribe(
                        outcome -> tellRefusal(message.topic(), outcome),
                        failure -> LOG.debug("bridge {} could not tell its state", config.name(), failure)));
    }

    void subscribe(Subscription subscription) {
        String filter = subscription.topicFilter().value();
        LOG.debug(
                "Bridge {} sending SUBSCRIBE (Topic: {}, QoS: {})",
                config.localClientid(),
                filter,
                subscription.maximumQos().level());
        operations.add(connection()
                .subscribe(List.of(subscription))
                .subscribe(
                        codes -> codes.stream()
                                .filter(ReasonCode::isError)
                                .forEach(code -> LOG.warn(
                                        "bridge {}: the remote broker refused the subscription to '{}': {}",
                                        config.name(),
                                        filter,
                                        code.phrase())),
                        failure -> LOG.debug("bridge {} lost its SUBSCRIBE to {}", config.name(), filter, failure)));
    }

    Subscription withinLimits(Subscription wanted) {
        Qos qos = wanted.maximumQos().atMost(connection().connack().maximumQos());
        return new Subscription(
                wanted.topicFilter(), qos, wanted.noLocal(), wanted.retainAsPublished(), wanted.retainHandling());
    }

    void unsubscribe(TopicFilter filter) {
        operations.add(connection()
                .unsubscribe(List.of(filter))
                .subscribe(
                        codes -> LOG.debug("Bridge {} sent UNSUBSCRIBE (Topic: {})", config.localClientid(), filter),
                        failure -> LOG.debug("bridge {} lost its UNSUBSCRIBE", config.name(), failure)));
    }

    /** Says goodbye after a last message; the owner hears of the end as of any. */
    void leave(Optional<ApplicationMessage> last) {
        MqttConnection left = connection();
        Completable said = last.map(
                        message -> left.publish(message).ignoreElement().onErrorComplete())
                .orElseGet(Completable::complete);
        operations.add(said.andThen(left.disconnect(ReasonCode.SUCCESS, Optional.empty()))
                .subscribe(
                        () -> LOG.debug("bridge {} disconnected", config.name()),
                        failure -> LOG.debug("bridge {} could not say goodbye", config.name(), failure)));
    }

    /** Runs {@code task} when the present connection has ended. */
    void whenClosed(Runnable task) {
        operations.add(connection().closed().subscribe(cause -> onLoop(task)));
    }

    /** Ends everything; {@code done} runs on any thread. */
    void close(Runnable done) {
        connection = null;
        attempt.dispose();
        operations.dispose();
        // Nothing holds on to this subscription: it ends with the transport.
        transport.close().onErrorComplete().subscribe(new Closing(done));
    }

    private void tellRefusal(TopicName topic, PublishOutcome outcome) {
        if (!outcome.reasonCode().isError()) {
            return;
        }
        String why = outcome.reasonCode().phrase()
                + outcome.reasonString().map(words -> ": " + words).orElse("");
        if (toldRefusal) {
            LOG.debug("bridge {}: the remote broker refused a message to '{}': {}", config.name(), topic, why);
        } else {
            toldRefusal = true;
            LOG.warn(
                    "bridge {}: the remote broker refused a message to '{}': {} (told once a connection)",
                    config.name(),
                    topic,
                    why);
        }
    }

    private void reported(LocalDelivery delivery, PublishOutcome outcome) {
        tellRefusal(mapping.outgoing(delivery.topic()), outcome);
        finished(delivery);
    }

    private void unsent(LocalDelivery delivery, Throwable failure) {
        if (failure instanceof SessionEndedException && delivery.qos() != Qos.AT_MOST_ONCE) {
            receiver.returned(delivery);
            return;
        }
        if (!(failure instanceof SessionEndedException)) {
            LOG.warn("bridge {} cannot send a message to '{}'", config.name(), delivery.topic(), failure);
        }
        finished(delivery);
    }

    private void finished(LocalDelivery delivery) {
        if (delivery.qos() != Qos.AT_MOST_ONCE) {
            receiver.delivered(delivery);
            return;
        }
        boolean wasWritable = isWritable();
        qos0Bytes -= delivery.bytes();
        if (!wasWritable && isWritable()) {
            receiver.writable();
        }
    }

    private void arrived(Delivery delivery, Runnable next) {
        ApplicationMessage message = delivery.message();
        TopicName topic = mapping.incoming(message.topic());
        ApplicationMessage here = topic.equals(message.topic())
                ? message
                : ApplicationMessage.builder().from(message).topic(topic).build();
        receiver.arrived(here, delivery::acknowledge, next);
    }

    /** What became of one message, from the transport's thread. */
    private final class Report implements SingleObserver<PublishOutcome> {

        private final LocalDelivery delivery;

        Report(LocalDelivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public void onSubscribe(Disposable disposable) {
            // Never disposed: the outcome is wanted also after the connection.
        }

        @Override
        public void onSuccess(PublishOutcome outcome) {
            onLoop(() -> reported(delivery, outcome));
        }

        @Override
        public void onError(Throwable failure) {
            onLoop(() -> unsent(delivery, failure));
        }
    }

    /** What arrives, from the transport's thread. */
    private final class Incoming implements FlowableSubscriber<Delivery> {

        private org.reactivestreams.@Nullable Subscription upstream;

        @Override
        public void onSubscribe(org.reactivestreams.Subscription subscription) {
            upstream = subscription;
            subscription.request(PREFETCH);
        }

        @Override
        public void onNext(Delivery delivery) {
            onLoop(() -> arrived(delivery, this::next));
        }

        private void next() {
            if (upstream != null) {
                upstream.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.error("bridge {} takes no more messages from the remote broker", config.name(), failure);
        }

        @Override
        public void onComplete() {
            LOG.debug("bridge {} has closed its transport", config.name());
        }
    }

    private record Closing(Runnable done) implements CompletableObserver {

        @Override
        public void onSubscribe(Disposable disposable) {
            // Not to be stopped half way.
        }

        @Override
        public void onComplete() {
            done.run();
        }

        @Override
        public void onError(Throwable failure) {
            done.run();
        }
    }
}
