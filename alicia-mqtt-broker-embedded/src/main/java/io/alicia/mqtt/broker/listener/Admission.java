package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.alicia.mqtt.broker.session.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one connection to MQTT, through the layers of its listener: TLS, then HTTP and WebSocket. Each layer puts
 * the next one behind itself when it is done; all together may take as long as a CONNECT may. Belongs to the channel's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Admission {

    private final Broker broker;
    private final ListenerSpec spec;
    private final Channel channel;
    private final Set<Connection> connections;
    private final Set<Channel> admissions;
    private final Executor slow;
    private final String remoteAddress;
    private @Nullable String identity;
    private @Nullable Future<?> timeout;
    private boolean ended;

    Admission(
            Broker broker,
            ListenerSpec spec,
            Channel channel,
            String remoteAddress,
            Set<Connection> connections,
            Set<Channel> admissions,
            Executor slow) {
        this.broker = broker;
        this.spec = spec;
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.connections = connections;
        this.admissions = admissions;
        this.slow = slow;
    }

    void begin() {
        if (spec.layers().equals(Layers.NONE)) {
            opened();
            place();
            return;
        }
        admissions.add(channel);
        channel.closeFuture().addListener(closed -> end());
        restartTimeout();
        opened();
        tls();
    }

    /** The client has done its part; it has as long again for the next one. */
    void restartTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        timeout = channel.eventLoop()
                .schedule(
                        () -> fail(ConnectionFailure.TIMEOUT, "no CONNECT in time"),
                        broker.connectTimeoutMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void opened() {
        broker.opened(remoteAddress, spec.settings().name());
    }

    private void tls() {
        Supplier<SslContext> tls = spec.layers().tls();
        if (tls == null) {
            webSocket();
            return;
        }
        SslHandler handler = tls.get().newHandler(channel.alloc(), slow);
        // There is one timeout for all layers.
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline()
                .addLast(
                        handler,
                        new TlsHandshake(this, handler.engine(), spec.layers().identity()));
    }

    void secured(@Nullable String certificateIdentity) {
        identity = certificateIdentity;
        webSocket();
    }

    private void webSocket() {
        Layers.WebSocket webSocket = spec.layers().webSocket();
        if (webSocket == null) {
            place();
        } else {
            WebSocketPipeline.build(channel.pipeline(), webSocket, broker, this);
        }
    }

    /** All layers are there; what comes now is MQTT. */
    void place() {
        if (ended) {
            return;
        }
        end();
        Connection connection = new Connection(broker, spec.settings(), new Peer(remoteAddress, identity));
        connections.add(connection);
        channel.closeFuture().addListener(closed -> connections.remove(connection));
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(connection);
    }

    /** It goes no further. */
    void fail(ConnectionFailure cause, String reason) {
        refused(cause, reason);
        channel.close();
    }

    /** It goes no further, once it has been told so. */
    void refused(ConnectionFailure cause, String reason) {
        if (!ended) {
            end();
            broker.failed(remoteAddress, spec.settings().name(), cause, reason);
        }
    }

    private void end() {
        ended = true;
        admissions.remove(channel);
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
