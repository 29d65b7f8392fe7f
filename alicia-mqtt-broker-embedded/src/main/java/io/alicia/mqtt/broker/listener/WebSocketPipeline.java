package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import org.jspecify.annotations.Nullable;

/** HTTP up to the upgrade, then the bytes of binary frames as if they came from a socket (MQTT 5 §6). */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class WebSocketPipeline {

    private static final int MAX_REQUEST_BYTES = 8 * 1024;

    private WebSocketPipeline() {}

    static void build(
            ChannelPipeline pipeline, Layers.WebSocket layer, Admission admission, @Nullable HttpFiles files) {
        pipeline.addLast(
                new HttpServerCodec(),
                new UpgradeAnswer(),
                new HttpObjectAggregator(MAX_REQUEST_BYTES),
                new UpgradeRequest(layer, admission, files),
                new Upgrade(admission));
    }

    /** Upgrades upon a request that may be, and lets the connection go on when it is done. */
    private static final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Admission admission;

        private Upgrade(Admission admission) {
            this.admission = admission;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            new Handshaker().handshake(ctx.channel(), request).addListener(answered -> {
                if (answered.isSuccess()) {
                    upgraded(ctx.pipeline());
                }
            });
        }

        private void upgraded(ChannelPipeline pipeline) {
            pipeline.remove(UpgradeRequest.class);
            pipeline.remove(this);
            pipeline.addLast(new WebSocketBytes());
            admission.place();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // No MQTT was spoken yet, so there is nobody to tell but the operator.
            admission.fail(ConnectionFailure.WEBSOCKET, String.valueOf(cause.getMessage()));
        }
    }

    /** As Netty does it, but that the frames are read by {@link WebSocketFrames}. */
    private static final class Handshaker extends WebSocketServerHandshaker13 {

        private Handshaker() {
            super(
                    "",
                    UpgradeRequest.SUBPROTOCOLS,
                    WebSocketDecoderConfig.newBuilder().build());
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new WebSocketFrames();
        }
    }
}
