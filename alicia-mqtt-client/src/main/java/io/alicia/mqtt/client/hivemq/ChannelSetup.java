package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ConnectRequest} asks for and the HiveMQ client has no setting for: done in the pipeline of each channel of one
 * connection attempt, as soon as the channel is open and before anything is sent.
 */
final class ChannelSetup implements Consumer<Channel> {

    private final List<String> applicationProtocols;
    private final boolean marksBridge;
    private final boolean keepsHandshakes;
    private final Supplier<KeptHandshakes> handshakes;
    private volatile @Nullable Channel channel;
    private volatile @Nullable Future<Channel> handshake;

    /** {@code handshakes} are those of the session, asked for on the event loop. */
    ChannelSetup(ConnectRequest request, MqttVersion version, Supplier<KeptHandshakes> handshakes) {
        this.keepsHandshakes = request.keepsHandshakes();
        this.handshakes = handshakes;
        this.applicationProtocols = request.tls().applicationProtocols();
        this.marksBridge = request.bridge()
                && version == MqttVersion.MQTT_3_1_1
                && !request.server().isWebSocket();
    }

    @Override
    public void accept(Channel registered) {
        channel = registered;
        registered.pipeline().addFirst(new AtOpening());
    }

    /** On the event loop: the latest channel of the attempt. */
    Channel channel() {
        return Objects.requireNonNull(channel, "no channel was opened");
    }

    /** Whether the TLS handshake has begun and was not seen through. */
    boolean isInTlsHandshake() {
        Future<Channel> begun = handshake;
        return begun != null && !begun.isSuccess();
    }

    /** The first to hear that the channel is open: TLS has not said hello yet. */
    private final class AtOpening extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                handshake = tls.handshakeFuture();
                if (!applicationProtocols.isEmpty()) {
                    offerApplicationProtocols(tls.engine());
                }
            }
            if (marksBridge) {
                // Between MQTT and TLS.
                String below = tls == null
                        ? context.name()
                        : context.pipeline().context(tls).name();
                context.pipeline().addAfter(below, null, new BridgeMark());
            }
            context.fireChannelActive();
        }

        /** The HiveMQ client's decoder is there before the first packet comes. */
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            boolean decodes = context.pipeline().get(MqttDecoder.NAME) != null;
            if (decodes) {
                new PublishPassing().addTo(context.pipeline());
                if (keepsHandshakes) {
                    new IdentifierTranslation(handshakes.get()).addTo(context.pipeline());
                }
            }
            context.fireChannelRead(bytes);
            if (decodes) {
                context.pipeline().remove(this);
            }
        }

        private void offerApplicationProtocols(SSLEngine engine) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
            engine.setSSLParameters(parameters);
        }
    }
}
