package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** HTTP up to the upgrade, then the bytes of binary frames as if they came from a socket (MQTT 5 §6). */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class WebSocketPipeline {

    /** MQTT's, and the one that clients of MQTT 3.1 still ask for. */
    private static final String SUBPROTOCOLS = "mqtt,mqttv3.1";

    private static final int MAX_REQUEST_BYTES = 8 * 1024;
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private WebSocketPipeline() {}

    static void build(ChannelPipeline pipeline, String path, Broker broker, Connection connection) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(path)
                .subprotocols(SUBPROTOCOLS)
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .handshakeTimeoutMillis(broker.connectTimeoutMillis())
                .build();
        pipeline.addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(MAX_REQUEST_BYTES),
                new WebSocketServerProtocolHandler(config),
                new Upgraded(connection));
    }

    /** Puts the connection in its place when the upgrade is done. */
    private static final class Upgraded extends ChannelInboundHandlerAdapter {

        private final Connection connection;

        private Upgraded(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                ctx.pipeline().addLast(new WebSocketBytes(), connection);
                ctx.pipeline().remove(this);
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // No MQTT was spoken yet, so there is nobody to tell but the peer.
            ctx.close();
        }
    }
}
