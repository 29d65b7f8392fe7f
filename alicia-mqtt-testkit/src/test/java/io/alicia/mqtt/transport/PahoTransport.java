package io.alicia.mqtt.transport;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session over Paho's asynchronous client. Some of that client's calls block, so all of them are made on one thread, to
 * which the state belongs as well.
 */
final class PahoTransport implements MqttTransport, MqttCallback {

    private static final Logger LOGGER = LoggerFactory.getLogger(PahoTransport.class);

    private static final int LAST_CODE_OF_THE_PROTOCOL = 0xFF;

    /** How many QoS 0 messages wait that nobody asks for. */
    private static final int QOS_0_BOUND = 1_024;

    private final ScheduledThreadPoolExecutor thread;
    private final UnicastProcessor<Delivery> deliveries = UnicastProcessor.create();
    private final Map<Integer, String> topicAliases = new ConcurrentHashMap<>();
    private final AtomicInteger qos0Waiting = new AtomicInteger();
    private final Set<Pending> inFlight = new LinkedHashSet<>();
    private final Deque<Received> unacknowledged = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableSubject ended = CompletableSubject.create();
    private String clientIdentifier;
    private @Nullable MqttAsyncClient client;
    private @Nullable ServerAddress server;
    private @Nullable Attempt attempt;
    private @Nullable PahoConnection connection;

    PahoTransport(String clientIdentifier) {
        this.clientIdentifier = clientIdentifier;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "paho-transport-" + clientIdentifier);
            made.setDaemon(true);
            return made;
        });
    }

    void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("came after the transport was closed", e);
        }
    }

    MqttAsyncClient client() {
        MqttAsyncClient current = client;
        if (current == null) {
            throw new IllegalStateException("not connected yet");
        }
        return current;
    }

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        return Single.create(emitter -> {
            if (closed.get()) {
                emitter.onError(new IllegalStateException("the transport is closed"));
            } else {
                run(() -> start(new Attempt(request, emitter)));
            }
        });
    }

    private void start(Attempt started) {
        if (attempt != null || connection != null) {
            started.emitter.tryOnError(new IllegalStateException("a connection exists or is under way"));
            return;
        }
        attempt = started;
        topicAliases.clear();
        started.emitter.setCancellable(() -> run(() -> abandon(started, null)));
        started.deadline = thread.schedule(
                () -> abandon(started, new ConnectFailure.TimedOut(started.request.timeout())),
                started.request.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        if (started.request.forgetsInFlight()) {
            discardClient();
            sessionEnded("what was under way is not sent again");
        } else if (client != null && !started.request.server().equals(server)) {
            discardClient();
            sessionEnded("the session was left behind for another server");
        }
        server = started.request.server();
        try {
            if (client == null) {
                client = new MqttAsyncClient("tcp://named-in-the-request", clientIdentifier, new MemoryPersistence());
                client.setManualAcks(true);
                client.setCallback(this);
            }
            client.connect(PahoMapping.options(started.request), null, started);
        } catch (MqttException e) {
            failed(started, e);
        }
    }

    /** Paho's client cannot give an attempt up, so the client itself is given up, and with it what is in flight. */
    private void abandon(Attempt given, @Nullable ConnectFailure why) {
        if (attempt != given) {
            return;
        }
        decided(given);
        discardClient();
        sessionEnded("the client was given up with an attempt to connect");
        if (why != null) {
            given.emitter.tryOnError(new ConnectFailedException(given.request.server(), why, null));
        }
    }

    private void decided(Attempt over) {
        attempt = null;
        Future<?> deadline = over.deadline;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void discardClient() {
        MqttAsyncClient discarded = client;
        client = null;
        if (discarded == null) {
            return;
        }
        discarded.setCallback(null);
        try {
            discarded.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            LOGGER.debug("was not connected", e);
        }
        try {
            discarded.close(true);
        } catch (MqttException e) {
            LOGGER.debug("was not to be closed", e);
        }
    }

    private void connected(Attempt accepted, IMqttToken token) {
        if (attempt != accepted) {
            return;
        }
        decided(accepted);
        Connack connack = PahoMapping.connack(token, accepted.request, clientIdentifier);
        clientIdentifier = connack.clientIdentifier();
        if (!connack.sessionPresent()) {
            sessionEnded("the server has no session of this client any more");
        }
        PahoConnection established = new PahoConnection(this, connack);
        connection = established;
        accepted.emitter.onSuccess(established);
    }

    private void failed(Attempt failed, Throwable failure) {
        if (attempt == failed) {
            decided(failed);
            failed.emitter.tryOnError(new ConnectFailedException(failed.request.server(), failureOf(failure), failure));
        }
    }

    private static ConnectFailure failureOf(Throwable failure) {
        int code = failure instanceof MqttException known ? known.getReasonCode() : 0;
        if (code >= 0x80 && code <= LAST_CODE_OF_THE_PROTOCOL) {
            return new ConnectFailure.Refused(PahoMapping.reasonCode(code), Optional.empty(), Optional.empty());
        }
        return failure.getCause() instanceof ConnectException
                ? new ConnectFailure.Unreachable(
                        String.valueOf(failure.getCause().getMessage()))
                : new ConnectFailure.ClosedEarly(String.valueOf(failure.getMessage()));
    }

    void publish(PahoConnection on, ApplicationMessage message, SingleEmitter<PublishOutcome> emitter) {
        run(() -> {
            if (connection != on) {
                emitter.tryOnError(
                        new SessionEndedException("the connection has ended; nothing was sent", false, null));
                return;
            }
            Pending pending = new Pending(message, emitter);
            inFlight.add(pending);
            try {
                if (sizeBytes(message) > on.connack().maximumPacketSize().orElse(Long.MAX_VALUE)) {
                    pending.succeed(new PublishOutcome(ReasonCode.PACKET_TOO_LARGE, Optional.empty()));
                    return;
                }
                client().publish(message.topic().value(), PahoMapping.message(message), null, pending);
            } catch (MqttException e) {
                pending.fail(e);
            }
        });
    }

    /** Paho itself sends whatever the server takes or not. */
    private static long sizeBytes(ApplicationMessage message) throws MqttException {
        MqttMessage mapped = PahoMapping.message(message);
        MqttPublish packet = new MqttPublish(message.topic().value(), mapped, mapped.getProperties());
        return (long) packet.getHeader().length + packet.getPayload().length;
    }

    void disconnect(PahoConnection leaving, ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval) {
        MqttProperties properties = new MqttProperties();
        sessionExpiryInterval.map(Duration::toSeconds).ifPresent(properties::setSessionExpiryInterval);
        DisconnectCause cause = DisconnectCause.builder()
                .initiator(Initiator.CLIENT)
                .reasonCode(reasonCode)
                .build();
        try {
            client().disconnect(0, null, null, reasonCode.code(), properties).waitForCompletion();
        } catch (MqttException e) {
            LOGGER.debug("the goodbye did not reach the server", e);
        }
        connectionEnded(leaving, cause);
    }

    private void connectionEnded(@Nullable PahoConnection gone, DisconnectCause cause) {
        if (gone == null || connection != gone) {
            return;
        }
        connection = null;
        unacknowledged.clear();
        gone.ended(cause);
        if (gone.keepsSession()) {
            List.copyOf(inFlight).stream()
                    .filter(pending -> pending.message.qos() == Qos.AT_MOST_ONCE)
                    .forEach(pending -> pending.fail(new IllegalStateException("the connection was " + cause)));
        } else {
            sessionEnded("the session ended with its connection");
        }
    }

    private void sessionEnded(String why) {
        List<Pending> open = List.copyOf(inFlight);
        open.forEach(pending -> pending.fail(new IllegalStateException(why)));
    }

    @Override
    public Flowable<Delivery> deliveries() {
        return deliveries.doOnNext(delivery -> {
            if (delivery.message().qos() == Qos.AT_MOST_ONCE) {
                qos0Waiting.decrementAndGet();
            }
        });
    }

    @Override
    public Completable close() {
        return Completable.defer(() -> {
            if (closed.compareAndSet(false, true)) {
                run(this::shutDown);
            }
            return ended;
        });
    }

    private void shutDown() {
        Attempt underWay = attempt;
        if (underWay != null) {
            abandon(underWay, new ConnectFailure.ClosedEarly("the transport was closed"));
        }
        discardClient();
        PahoConnection open = connection;
        connectionEnded(
                open, DisconnectCause.builder().initiator(Initiator.CLIENT).build());
        sessionEnded("the transport was closed");
        deliveries.onComplete();
        thread.shutdownNow();
        ended.onComplete();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        Received received = new Received(
                PahoMapping.message(nameOf(topic, message), message), message.getId(), message.isDuplicate());
        if (message.getQos() > 0) {
            run(() -> {
                unacknowledged.add(received);
                deliveries.onNext(received);
            });
        } else if (qos0Waiting.incrementAndGet() > QOS_0_BOUND) {
            qos0Waiting.decrementAndGet();
            LOGGER.debug("{} QoS 0 messages wait; one on {} is dropped", QOS_0_BOUND, topic);
        } else {
            run(() -> deliveries.onNext(received));
        }
    }

    /** Paho 1.2.5 lets the server use Topic Aliases and does not look them up. */
    private String nameOf(String topic, MqttMessage message) {
        Integer alias = message.getProperties().getTopicAlias();
        if (alias == null) {
            return topic;
        }
        if (!topic.isEmpty()) {
            topicAliases.put(alias, topic);
        }
        return topicAliases.getOrDefault(alias, topic);
    }

    private void acknowledge() {
        while (!unacknowledged.isEmpty()
                && unacknowledged.peekFirst().acknowledged.get()) {
            Received next = unacknowledged.removeFirst();
            try {
                client().messageArrivedComplete(
                                next.identifier, next.message.qos().level());
            } catch (MqttException e) {
                LOGGER.debug("the acknowledgement did not reach the server", e);
            }
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        MqttException failure = response.getException();
        DisconnectCause cause = failure == null
                ? DisconnectCause.builder()
                        .initiator(Initiator.SERVER)
                        .reasonCode(PahoMapping.reasonCode(response.getReturnCode()))
                        .reasonString(Optional.ofNullable(response.getReasonString()))
                        .serverReference(Optional.ofNullable(response.getServerReference()))
                        .build()
                : DisconnectCause.builder()
                        .initiator(Initiator.NETWORK)
                        .reasonString(String.valueOf(failure.getMessage()))
                        .build();
        run(() -> connectionEnded(connection, cause));
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
        LOGGER.debug("Paho reports", failure);
    }

    /** The token's own listener hears of it. */
    @Override
    public void deliveryComplete(IMqttToken token) {}

    /** The attempt's own listener hears of it. */
    @Override
    public void connectComplete(boolean reconnect, String server) {}

    /** Enhanced authentication is not asked for. */
    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    /** An attempt to connect; Paho calls back on threads of its own. */
    private final class Attempt implements MqttActionListener {

        private final ConnectRequest request;
        private final SingleEmitter<MqttConnection> emitter;
        private @Nullable Future<?> deadline;

        Attempt(ConnectRequest request, SingleEmitter<MqttConnection> emitter) {
            this.request = request;
            this.emitter = emitter;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            run(() -> connected(this, token));
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            run(() -> failed(this, failure));
        }
    }

    /** A publish without an outcome. Paho reports a failure when the connection ends, and success when it was sent again. */
    private final class Pending implements MqttActionListener {

        private final ApplicationMessage message;
        private final SingleEmitter<PublishOutcome> emitter;

        Pending(ApplicationMessage message, SingleEmitter<PublishOutcome> emitter) {
            this.message = message;
            this.emitter = emitter;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            run(() -> succeed(
                    codes == null || codes.length == 0
                            ? PublishOutcome.SUCCESS
                            : new PublishOutcome(PahoMapping.reasonCode(codes[0]), PahoMapping.reasonString(token))));
        }

        private void succeed(PublishOutcome outcome) {
            if (inFlight.remove(this)) {
                emitter.onSuccess(outcome);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            int code = failure instanceof MqttException known ? known.getReasonCode() : 0;
            if (code >= 0x80 && code <= LAST_CODE_OF_THE_PROTOCOL) {
                run(() -> succeed(new PublishOutcome(PahoMapping.reasonCode(code), PahoMapping.reasonString(token))));
            }
        }

        void fail(Exception failure) {
            if (inFlight.remove(this)) {
                emitter.tryOnError(new SessionEndedException(String.valueOf(failure.getMessage()), true, failure));
            }
        }
    }

    private final class Received implements Delivery {

        private final ApplicationMessage message;
        private final int identifier;
        private final boolean duplicate;
        private final AtomicBoolean acknowledged = new AtomicBoolean();

        Received(ApplicationMessage message, int identifier, boolean duplicate) {
            this.message = message;
            this.identifier = identifier;
            this.duplicate = duplicate;
        }

        @Override
        public boolean isDuplicate() {
            return duplicate;
        }

        @Override
        public ApplicationMessage message() {
            return message;
        }

        @Override
        public void acknowledge() {
            if (acknowledged.compareAndSet(false, true)) {
                run(PahoTransport.this::acknowledge);
            }
        }
    }
}
