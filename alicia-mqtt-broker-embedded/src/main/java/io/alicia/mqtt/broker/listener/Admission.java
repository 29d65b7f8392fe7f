package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.session.Connection;
import io.alicia.mqtt.broker.session.Peer;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one connection to MQTT, through the layers of its listener: the PROXY header, TLS, HTTP and
 * WebSocket. Each layer puts
 * the next one behind itself when it is done; all together may take as long as a CONNECT may. Belongs to the channel's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Admission {

    private final Shared shared;
    private final ListenerSpec spec;
    private final @Nullable HttpDirectory files;
    private final Channel channel;
    private final Runnable leave;
    private String remoteAddress;
    private @Nullable String identity;
    private Peer.@Nullable Tls negotiated;
    private @Nullable Future<?> timeout;
    private boolean served;
    /** Whether it has come to MQTT, or it was told why not. */
    private boolean decided;

    Admission(
            Shared shared,
            ListenerSpec spec,
            @Nullable HttpDirectory files,
            Channel channel,
            String remoteAddress,
            Runnable leave) {
        this.shared = shared;
        this.spec = spec;
        this.files = files;
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.leave = leave;
    }

    void begin() {
        if (spec.layers().equals(Layers.NONE)) {
            opened();
            place();
            return;
        }
        shared.admissions().add(channel);
        channel.closeFuture().addListener(closed -> end());
        restartTimeout();
        Layers.Proxy proxy = spec.layers().proxy();
        if (proxy == null) {
            proxied(null);
        } else {
            channel.pipeline()
                    .addLast(
                            new ProxyLineLimit(this),
                            new HAProxyMessageDecoder(ProxyHeader.MAX_TLV_BYTES),
                            new ProxyHeader(proxy, this));
        }
    }

    /** It comes from somewhere else than from where it was accepted. */
    void from(String address) {
        remoteAddress = address;
    }

    /** A load balancer tells what TLS it speaks with the client. */
    void told(String protocol, String cipherSuite) {
        shared.broker().proxied(remoteAddress, protocol, cipherSuite);
    }

    /** Where it comes from is known, and perhaps who it is. */
    void proxied(@Nullable String certificateIdentity) {
        identity = certificateIdentity;
        opened();
        tls();
    }

    /** A request was answered, or a part of it; the client may ask again, and is not missed if it does not. */
    void served() {
        served = true;
        if (!decided && channel.isActive()) {
            restartTimeout();
        }
    }

    private void restartTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        timeout = channel.eventLoop()
                .schedule(this::timedOut, shared.broker().connectTimeoutMillis(), TimeUnit.MILLISECONDS);
    }

    private void timedOut() {
        if (served) {
            channel.close();
        } else {
            fail(ConnectionFailure.TIMEOUT, "no CONNECT in time");
        }
    }

    private void opened() {
        shared.broker().opened(remoteAddress, spec.settings().name());
    }

    private void tls() {
        Supplier<SslContext> tls = spec.layers().tls();
        if (tls == null) {
            webSocket();
            return;
        }
        SslHandler handler = tls.get().newHandler(channel.alloc(), shared.slow());
        // There is one timeout for all layers.
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline()
                .addLast(
                        handler,
                        new TlsHandshake(this, handler.engine(), spec.layers().identity()));
    }

    /** TLS is agreed on; a name in the certificate here counts before one that a load balancer tells. */
    void secured(Peer.Tls tls, @Nullable String certificateIdentity) {
        negotiated = tls;
        if (certificateIdentity != null) {
            identity = certificateIdentity;
        }
        webSocket();
    }

    private void webSocket() {
        Layers.WebSocket webSocket = spec.layers().webSocket();
        if (webSocket == null) {
            place();
        } else {
            HttpFiles httpFiles = files == null ? null : new HttpFiles(files, this, shared.slow());
            WebSocketPipeline.build(channel.pipeline(), webSocket, this, httpFiles);
        }
    }

    /** All layers are there; what comes now is MQTT. */
    void place() {
        if (decided) {
            return;
        }
        decided = true;
        end();
        Connection connection =
                new Connection(shared.broker(), spec.current(), new Peer(remoteAddress, identity, negotiated), leave);
        shared.connections().add(connection);
        channel.closeFuture().addListener(closed -> shared.connections().remove(connection));
        channel.pipeline().addLast(connection);
    }

    /** It goes no further. */
    void fail(ConnectionFailure cause, String reason) {
        refused(cause, reason);
        channel.close();
    }

    /** It goes no further, once it has been told so. */
    void refused(ConnectionFailure cause, String reason) {
        if (!decided) {
            decided = true;
            end();
            shared.broker().failed(remoteAddress, spec.settings().name(), cause, reason);
        }
    }

    private void end() {
        shared.admissions().remove(channel);
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
