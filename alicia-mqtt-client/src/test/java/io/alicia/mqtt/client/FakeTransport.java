package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A transport whose network is the test: attempts wait until it answers them, and it sees all that is sent. */
final class FakeTransport implements MqttTransport {

    static final DisconnectCause CABLE_PULLED = DisconnectCause.builder()
            .initiator(DisconnectCause.Initiator.NETWORK)
            .reasonString("cable pulled")
            .build();

    /** Where connections of tests lead that have but one server. */
    static final ServerAddress HOUSE = ServerAddress.of("mqtt://house");

    /** An attempt to connect. */
    record Attempt(ConnectRequest request, SingleSubject<MqttConnection> answer) {}

    final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
    final UnicastProcessor<Delivery> arriving = UnicastProcessor.create();
    boolean closed;
    volatile Completable closing = Completable.complete();

    /** What the next attempt to connect fails with before it begins. */
    volatile @Nullable Error nextFailure;

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        return Single.defer(() -> {
            Error failure = nextFailure;
            if (failure != null) {
                nextFailure = null;
                throw failure;
            }
            Attempt attempt = new Attempt(request, SingleSubject.create());
            attempts.add(attempt);
            return attempt.answer();
        });
    }

    @Override
    public Flowable<Delivery> deliveries() {
        return arriving;
    }

    @Override
    public Completable close() {
        return Completable.fromAction(() -> closed = true).andThen(Completable.defer(() -> closing));
    }

    /** Gives this very transport to a client's builder. */
    MqttTransportProvider provider() {
        return new MqttTransportProvider() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public boolean supports(MqttVersion version, ServerAddress server) {
                return true;
            }

            @Override
            public MqttTransport create(TransportOptions options) {
                return FakeTransport.this;
            }
        };
    }

    void awaitAttempt() {
        Awaitility.await("an attempt to connect").until(() -> !attempts.isEmpty());
    }

    Attempt lastAttempt() {
        return attempts.get(attempts.size() - 1);
    }

    Arrived arrives(ApplicationMessage message) {
        Arrived delivery = new Arrived(message, new AtomicInteger());
        arriving.onNext(delivery);
        return delivery;
    }

    /** Accepts the latest attempt. */
    FakeConnection accept(boolean sessionPresent) {
        return accept(sessionPresent, 65_535);
    }

    FakeConnection accept(boolean sessionPresent, int receiveMaximum) {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(sessionPresent)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .receiveMaximum(receiveMaximum)
                .build());
        lastAttempt().answer().onSuccess(connection);
        return connection;
    }

    /** A connection that records what is asked of it. */
    static final class FakeConnection implements MqttConnection {

        /** A message that waits for its outcome. */
        record Published(ApplicationMessage message, SingleSubject<PublishOutcome> outcome) {}

        /** A packet that waits for its acknowledgement. */
        record Subscribed(List<Subscription> subscriptions, SingleSubject<List<ReasonCode>> codes) {
            void grant() {
                codes.onSuccess(subscriptions.stream()
                        .map(subscription -> ReasonCode.GRANTED_QOS_1)
                        .toList());
            }
        }

        /** A packet that waits for its acknowledgement. */
        record Unsubscribed(List<TopicFilter> filters, SingleSubject<List<ReasonCode>> codes) {}

        /** A PUBREL that waits for its PUBCOMP. */
        record Released(int packetIdentifier, CompletableSubject done) {}

        /** Whether it takes Packet Identifiers of others. */
        boolean keepsHandshakes;

        /** Those of the messages that were published with one, in that order. */
        final List<KeptHandshake> handshakes = new CopyOnWriteArrayList<>();

        final List<Released> released = new CopyOnWriteArrayList<>();
        final Connack connack;
        final List<Published> published = new CopyOnWriteArrayList<>();
        final List<Subscribed> subscribed = new CopyOnWriteArrayList<>();

        /** Who is told of each SUBSCRIBE instead: the list is dear when it grows. */
        volatile Consumer<Subscribed> whenSubscribed = subscribed::add;

        final List<Integer> identifiers = Collections.synchronizedList(new ArrayList<>());
        final List<Unsubscribed> unsubscribed = new CopyOnWriteArrayList<>();
        final SingleSubject<DisconnectCause> closed = SingleSubject.create();

        /** The Session Expiry Intervals of its goodbyes. */
        final List<Optional<Duration>> goodbyes = new CopyOnWriteArrayList<>();

        /** It is over, and whatever is published fails at once; {@link #closed} does not say so yet. */
        volatile boolean over;

        FakeConnection(Connack connack) {
            this.connack = connack;
        }

        @Override
        public Connack connack() {
            return connack;
        }

        @Override
        public Single<PublishOutcome> publish(ApplicationMessage message) {
            return Single.defer(() -> {
                Published entry = new Published(message, SingleSubject.create());
                published.add(entry);
                if (over) {
                    entry.outcome().onError(new SessionEndedException("over", false, null));
                }
                return entry.outcome();
            });
        }

        @Override
        public boolean keepsHandshakes() {
            return keepsHandshakes;
        }

        @Override
        public Single<PublishOutcome> publish(ApplicationMessage message, KeptHandshake handshake) {
            return Single.defer(() -> {
                handshakes.add(handshake);
                return publish(message);
            });
        }

        @Override
        public Completable release(int packetIdentifier) {
            return Completable.defer(() -> {
                Released entry = new Released(packetIdentifier, CompletableSubject.create());
                released.add(entry);
                return entry.done();
            });
        }

        @Override
        public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
            return Single.defer(() -> {
                Subscribed entry = new Subscribed(subscriptions, SingleSubject.create());
                whenSubscribed.accept(entry);
                return entry.codes();
            });
        }

        @Override
        public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
            return Single.defer(() -> {
                identifiers.add(subscriptionIdentifier);
                return subscribe(subscriptions);
            });
        }

        @Override
        public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
            return Single.defer(() -> {
                Unsubscribed entry = new Unsubscribed(topicFilters, SingleSubject.create());
                unsubscribed.add(entry);
                return entry.codes();
            });
        }

        @Override
        public Single<DisconnectCause> closed() {
            return closed;
        }

        @Override
        public Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
            return Completable.fromAction(() -> {
                goodbyes.add(sessionExpiryInterval);
                closed.onSuccess(DisconnectCause.builder()
                        .initiator(DisconnectCause.Initiator.CLIENT)
                        .build());
            });
        }

        void lose() {
            closed.onSuccess(CABLE_PULLED);
        }
    }
}
