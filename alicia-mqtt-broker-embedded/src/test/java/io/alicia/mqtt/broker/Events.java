package io.alicia.mqtt.broker;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears what becomes of connections. */
final class Events implements BrokerListener {

    final Queue<ClientInfo> connected = new ConcurrentLinkedQueue<>();
    final Queue<String> proxied = new ConcurrentLinkedQueue<>();
    final Queue<String> opened = new ConcurrentLinkedQueue<>();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    final Queue<String> refusedSubscriptions = new ConcurrentLinkedQueue<>();

    @Override
    public void subscriptionRefused(ClientInfo client, TopicFilter filter, ReasonCode reasonCode) {
        refusedSubscriptions.add(client.clientIdentifier() + " " + filter.value() + " " + reasonCode);
    }

    @Override
    public void opened(String remoteAddress, String listener) {
        opened.add(remoteAddress);
    }

    @Override
    public void proxied(String remoteAddress, String protocol, String cipherSuite) {
        proxied.add(remoteAddress + " " + protocol + " " + cipherSuite);
    }

    @Override
    public void connected(ClientInfo client) {
        connected.add(client);
    }

    @Override
    public void failed(String remoteAddress, String listener, ConnectionFailure cause, String reason) {
        failures.add(cause + " " + remoteAddress + " " + reason);
    }

    String nextFailure() {
        return await("a connection to come to nothing")
                .pollInterval(Duration.ofMillis(5))
                .until(failures::poll, failure -> failure != null);
    }
}
