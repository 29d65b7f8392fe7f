package io.alicia.mqtt.client;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;

/** Subscriptions of streams, at a server that notes what it is asked for. */
abstract class SubscriptionsScene {

    static final ServerAddress A = ServerAddress.of("mqtt://a");
    static final ServerAddress B = ServerAddress.of("mqtt://b");

    final Dispatcher dispatcher = new Dispatcher(16, new ClientCounts());
    final Subscriptions subscriptions = new Subscriptions(new Lane(Runnable::run), dispatcher);

    void lose(FakeConnection connection) {
        subscriptions.disconnected();
        SessionEndedException lost = new SessionEndedException("cable pulled", true, null);
        connection.subscribed.stream()
                .filter(packet -> !packet.codes().hasValue())
                .forEach(packet -> packet.codes().onError(lost));
        connection.unsubscribed.stream()
                .filter(packet -> !packet.codes().hasValue())
                .forEach(packet -> packet.codes().onError(lost));
    }

    void arrives(String topic) {
        arrives(topic, List.of());
    }

    void arrives(String topic, List<Integer> identifiers) {
        ApplicationMessage message =
                ApplicationMessage.builder().topic(TopicName.of(topic)).build();
        dispatcher.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public List<Integer> subscriptionIdentifiers() {
                return identifiers;
            }

            @Override
            public void acknowledge() {
                // Nobody waits for it.
            }
        });
    }

    FakeConnection connect(boolean sessionPresent) {
        return connect(sessionPresent, false);
    }

    FakeConnection connectWithIdentifiers() {
        return connect(false, true);
    }

    FakeConnection connect(ServerAddress server, boolean sessionPresent) {
        return connect(server, sessionPresent, false);
    }

    FakeConnection connect(boolean sessionPresent, boolean identifiersAvailable) {
        return connect(A, sessionPresent, identifiersAvailable);
    }

    private FakeConnection connect(ServerAddress server, boolean sessionPresent, boolean identifiersAvailable) {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(sessionPresent)
                .subscriptionIdentifiersAvailable(identifiersAvailable)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .build());
        subscriptions.connected(connection, server);
        return connection;
    }

    static List<List<String>> sent(FakeConnection connection) {
        return connection.subscribed.stream()
                .map(packet -> packet.subscriptions().stream()
                        .map(subscription -> subscription.topicFilter().value())
                        .toList())
                .toList();
    }

    static MessageFlow<ApplicationMessage> flow(String filter) {
        return flow(filter, new TestSubscriber<>());
    }

    static MessageFlow<ApplicationMessage> flow(String filter, TestSubscriber<ApplicationMessage> reader) {
        return flow(List.of(filter), reader);
    }

    static MessageFlow<ApplicationMessage> flow(List<String> filters, TestSubscriber<ApplicationMessage> reader) {
        MessageFlow<ApplicationMessage> flow = new MessageFlow<>(
                new StreamOptions(filters.stream().map(TopicFilter::of).toList(), Qos.AT_LEAST_ONCE, false),
                (message, taken) -> message,
                reader,
                Schedulers.trampoline().createWorker(),
                cancelled -> {});
        reader.onSubscribe(flow);
        return flow;
    }
}
