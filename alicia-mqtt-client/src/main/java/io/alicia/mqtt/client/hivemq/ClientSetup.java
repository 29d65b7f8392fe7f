package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedListener;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.spi.ConnectRequest;
import io.reactivex.internal.schedulers.ImmediateThinScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a HiveMQ client object is built with, the same for both protocol versions. It fixes the server, so another server
 * needs another client object.
 *
 * @param clientIdentifier the Client Identifier, empty to be given one
 * @param server where to connect to
 * @param localHost where to connect from; empty: anywhere
 * @param tls how to secure it
 * @param timeout of the network connection, the handshakes and CONNACK, each
 * @param executor the transport's event loop
 * @param disconnected told of each connection's end, on the event loop
 */
record ClientSetup(
        String clientIdentifier,
        ServerAddress server,
        Optional<String> localHost,
        TlsOptions tls,
        Duration timeout,
        Executor executor,
        MqttClientDisconnectedListener disconnected) {

    /** Whether a client object made from this also serves {@code request}. */
    boolean serves(ConnectRequest request) {
        return server.equals(request.server())
                && localHost.equals(request.localHost())
                && tls.equals(request.tls())
                && timeout.compareTo(request.timeout()) >= 0;
    }

    /** Callbacks run on the event loop itself: what takes time leaves it further up, and no second hop is paid. */
    MqttClientExecutorConfig executorConfig() {
        return MqttClientExecutorConfig.builder()
                .nettyExecutor(executor)
                .applicationScheduler(ImmediateThinScheduler.INSTANCE)
                .build();
    }

    MqttClientTransportConfig transportConfig() {
        MqttClientTransportConfigBuilder builder = MqttClientTransportConfig.builder()
                .serverAddress(InetSocketAddress.createUnresolved(server.host(), server.port()))
                .socketConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (localHost.isPresent()) {
            builder = builder.localAddress(localHost.get());
        }
        if (server.isEncrypted()) {
            builder = builder.sslConfig(sslConfig());
        }
        if (server.isWebSocket()) {
            builder = builder.webSocketConfig(webSocketConfig());
        }
        return builder.build();
    }

    private MqttClientSslConfig sslConfig() {
        MqttClientSslConfigBuilder builder =
                MqttClientSslConfig.builder().handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (tls.trustManagerFactory().isPresent()) {
            builder = builder.trustManagerFactory(tls.trustManagerFactory().get());
        }
        if (tls.keyManagerFactory().isPresent()) {
            builder = builder.keyManagerFactory(tls.keyManagerFactory().get());
        }
        if (!tls.protocols().isEmpty()) {
            builder = builder.protocols(tls.protocols());
        }
        if (!tls.cipherSuites().isEmpty()) {
            builder = builder.cipherSuites(tls.cipherSuites());
        }
        if (!tls.verifiesHostname()) {
            builder = builder.hostnameVerifier((hostname, session) -> true);
        }
        return builder.build();
    }

    private MqttWebSocketConfig webSocketConfig() {
        String path = server.path();
        int query = path.indexOf('?');
        return MqttWebSocketConfig.builder()
                .serverPath(query < 0 ? path : path.substring(0, query))
                .queryString(query < 0 ? "" : path.substring(query + 1))
                .handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }
}
