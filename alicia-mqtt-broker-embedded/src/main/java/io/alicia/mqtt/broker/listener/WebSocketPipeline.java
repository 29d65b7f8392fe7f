package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.session.Broker;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;

/** HTTP up to the upgrade, then the bytes of binary frames as if they came from a socket (MQTT 5 §6). */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class WebSocketPipeline {

    private static final int MAX_REQUEST_BYTES = 8 * 1024;

    private WebSocketPipeline() {}

    static void build(
            ChannelPipeline pipeline,
            Layers.WebSocket layer,
            Broker broker,
            Admission admission,
            @Nullable HttpFiles files) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .subprotocols(UpgradeRequest.SUBPROTOCOLS)
                // Clients send a packet in one frame; how large a packet may be is checked behind this.
                .maxFramePayloadLength(broker.maxPacketSizeBytes())
                .handshakeTimeoutMillis(broker.connectTimeoutMillis())
                .build();
        pipeline.addLast(
                new HttpServerCodec(),
                new UpgradeAnswer(),
                new HttpObjectAggregator(MAX_REQUEST_BYTES),
                new UpgradeRequest(layer, admission, files),
                new WebSocketServerProtocolHandler(config),
                new Upgraded(admission));
    }

    /** Lets the connection go on when the upgrade is done. */
    private static final class Upgraded extends ChannelInboundHandlerAdapter {

        private final Admission admission;

        private Upgraded(Admission admission) {
            this.admission = admission;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                ctx.pipeline().addLast(new WebSocketBytes());
                admission.place();
                ctx.pipeline().remove(this);
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // No MQTT was spoken yet, so there is nobody to tell but the operator.
            admission.fail(ConnectionFailure.WEBSOCKET, String.valueOf(cause.getMessage()));
        }
    }
}
