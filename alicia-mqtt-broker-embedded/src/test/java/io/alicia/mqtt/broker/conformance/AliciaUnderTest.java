package io.alicia.mqtt.broker.conformance;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Our broker, its time turned by hand. */
final class AliciaUnderTest implements BrokerUnderTest {

    private final TurnedTime time = new TurnedTime();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final EmbeddedBroker broker;

    AliciaUnderTest(Setup setup) {
        broker = setup.configure(EmbeddedBroker.builder())
                .time(time, time)
                // Messages cross from one event loop to the other, also where one would be enough.
                .configure(config -> config.workerThreads(2))
                .brokerListener(new BrokerListener() {
                    @Override
                    public void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {
                        gone.add(client.clientIdentifier());
                    }
                })
                .start();
    }

    @Override
    public int port() {
        return broker.port();
    }

    @Override
    public int webSocketPort() {
        return broker.webSocketPort();
    }

    @Override
    public void elapse(Duration passed) {
        time.elapse(passed);
    }

    @Override
    public void awaitGone(String clientIdentifier) {
        await("the broker's knowledge that " + clientIdentifier + " is gone")
                .pollInterval(Duration.ofMillis(2))
                .until(() -> gone.remove(clientIdentifier));
    }

    @Override
    public void close() {
        broker.close();
    }
}
