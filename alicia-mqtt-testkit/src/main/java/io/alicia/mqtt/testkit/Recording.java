package io.alicia.mqtt.testkit;

import io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connection and what came over it; shared by all views of one probe. */
final class Recording {

    private static final String FENCES = "probe/";
    private static final int SHOWN_MESSAGES = 20;
    private static final int SHOWN_PAYLOAD_CHARACTERS = 100;

    private final MqttTransport transport;
    private final MqttConnection connection;
    private final Disposable deliveries;
    private final List<ApplicationMessage> messages;
    private final TopicName fenceTopic;
    private final Consumer<ApplicationMessage> fences;
    private int fencesSent;
    private int fencesSeen;

    private Recording(
            MqttTransport transport,
            ServerAddress server,
            Credentials credentials,
            @Nullable Consumer<ApplicationMessage> fences) {
        this.transport = transport;
        this.messages = new ArrayList<>();
        this.fenceTopic = TopicName.of(FENCES + UUID.randomUUID());
        this.fences = fences == null ? this::publishItself : fences;
        this.deliveries = transport.deliveries().subscribe(this::record);
        this.connection = transport
                .connect(ConnectRequest.builder()
                        .server(server)
                        .credentials(Optional.of(credentials))
                        .cleanStart(true)
                        .build())
                .blockingGet();
    }

    /**
     * Connected and subscribed.
     *
     * @param fences how the messages are published that come behind all others; null for the probe's own connection
     */
    static Recording start(
            ServerAddress server,
            Credentials credentials,
            List<TopicFilter> filters,
            @Nullable Consumer<ApplicationMessage> fences) {
        MqttTransportProvider provider = server.scheme().equals(InProcessTransportProvider.SCHEME)
                ? new InProcessTransportProvider()
                : new HiveMqTransportProvider();
        MqttTransport transport = provider.create(TransportOptions.builder()
                .clientIdentifier("probe-" + UUID.randomUUID())
                .build());
        Recording recording = new Recording(transport, server, credentials, fences);
        recording.subscribe(filters);
        return recording;
    }

    private void subscribe(List<TopicFilter> filters) {
        List<Subscription> subscriptions = new ArrayList<>();
        for (TopicFilter filter : filters) {
            subscriptions.add(
                    new Subscription(filter, Qos.EXACTLY_ONCE, false, true, RetainHandling.SEND_AT_SUBSCRIBE));
        }
        boolean fenceCovered = filters.stream().anyMatch(filter -> filter.matches(fenceTopic));
        if (!fenceCovered) {
            subscriptions.add(new Subscription(TopicFilter.exactly(fenceTopic), Qos.AT_LEAST_ONCE));
        }
        List<ReasonCode> granted = connection.subscribe(subscriptions).blockingGet();
        if (granted.stream().anyMatch(ReasonCode::isError)) {
            throw new IllegalStateException("the probe's subscriptions " + filters + " were answered with " + granted);
        }
    }

    private synchronized void record(Delivery delivery) {
        ApplicationMessage message = delivery.message();
        if (message.topic().equals(fenceTopic)) {
            fencesSeen++;
        } else if (!message.topic().value().startsWith(FENCES)) {
            messages.add(message);
        }
        delivery.acknowledge();
        notifyAll();
    }

    synchronized List<ApplicationMessage> seen() {
        return List.copyOf(messages);
    }

    synchronized void clear() {
        messages.clear();
    }

    synchronized ApplicationMessage await(
            TopicFilter filter, Predicate<ApplicationMessage> condition, String conditionText, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            for (ApplicationMessage message : messages) {
                if (filter.matches(message.topic()) && condition.test(message)) {
                    return message;
                }
            }
            if (!waitUntil(deadline)) {
                throw new AssertionError("no message on " + filter + conditionText + " within " + timeout.toMillis()
                        + " ms; seen was" + listed(messages));
            }
        }
    }

    void catchUp(Duration timeout) {
        int fence;
        synchronized (this) {
            fence = ++fencesSent;
        }
        // QoS 1, as what waits for acknowledgements would be overtaken by QoS 0.
        fences.accept(ApplicationMessage.builder()
                .topic(fenceTopic)
                .qos(Qos.AT_LEAST_ONCE)
                .build());
        synchronized (this) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (fencesSeen < fence) {
                if (!waitUntil(deadline)) {
                    throw new AssertionError("the probe's own message did not come back within " + timeout.toMillis()
                            + " ms; may its account receive " + FENCES + "#?");
                }
            }
        }
    }

    private void publishItself(ApplicationMessage fence) {
        PublishOutcome outcome = connection.publish(fence).blockingGet();
        if (outcome.reasonCode().isError()) {
            throw new IllegalStateException("the probe's account has to publish to " + FENCES
                    + "#, behind what it looks" + " for, and the server refused that: "
                    + outcome.reasonCode().phrase());
        }
    }

    /** Whether it is worth looking again: false once the deadline has passed. */
    private boolean waitUntil(long deadline) {
        long remaining = deadline - System.nanoTime();
        if (remaining <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, remaining);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a message", e);
        }
    }

    void close() {
        connection.disconnect(ReasonCode.SUCCESS, Optional.empty()).blockingAwait();
        transport.close().blockingAwait();
        deliveries.dispose();
    }

    static String listed(List<ApplicationMessage> messages) {
        if (messages.isEmpty()) {
            return " nothing";
        }
        String more =
                messages.size() <= SHOWN_MESSAGES ? "" : "\n  … and " + (messages.size() - SHOWN_MESSAGES) + " more";
        return messages.stream()
                .limit(SHOWN_MESSAGES)
                .map(message -> "\n  " + message.topic() + " " + message.qos() + (message.retain() ? " retained " : " ")
                        + shown(message.payload()))
                .collect(Collectors.joining("", ":", more));
    }

    private static String shown(BinaryData payload) {
        String text = payload.toUtf8();
        return text.length() <= SHOWN_PAYLOAD_CHARACTERS
                ? "\"" + text + "\""
                : "\"" + text.substring(0, SHOWN_PAYLOAD_CHARACTERS) + "…\" (" + payload + ")";
    }
}
