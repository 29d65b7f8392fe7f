package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.tls.CertificateName;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a listener's transport and MQTT, from below to above; null where there is nothing.
 *
 * @param proxy the header of a load balancer
 * @param tls TLS, asked for at each connection, so that a new certificate holds from the next one on
 * @param webSocket HTTP and WebSocket
 * @param identity what of a client's certificate becomes its user name
 */
public record Layers(
        @Nullable Proxy proxy,
        @Nullable Supplier<SslContext> tls,
        @Nullable WebSocket webSocket,
        @Nullable CertificateName identity) {

    /** MQTT right on the transport. */
    public static final Layers NONE = new Layers(null, null, null, null);

    /**
     * MQTT over WebSocket.
     *
     * @param path the request path, {@code /} for any
     * @param origins the origins that may connect; empty for all
     * @param httpDir a directory whose files are shown to who does not ask for a WebSocket; null for none
     */
    public record WebSocket(
            String path, List<String> origins, @Nullable Path httpDir) {}

    /**
     * The PROXY protocol.
     *
     * @param version 1 or 2
     * @param requireTls whether the client must speak TLS to the load balancer
     * @param requireCertificate whether it must have shown a certificate there
     */
    public record Proxy(int version, boolean requireTls, boolean requireCertificate) {}
}
