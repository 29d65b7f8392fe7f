package io.alicia.mqtt.broker.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.LeakExtension;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the connection below a WebSocket ends. */
@ExtendWith(LeakExtension.class)
class WebSocketBytesTest {

    /** A network that takes nothing any more: no write ever ends. */
    private static final class Stuck extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }

    @Test
    void a_client_that_does_not_read_is_disconnected_in_time_all_the_same() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new Stuck(), new WebSocketBytes());

        ChannelFuture end = channel.pipeline().close();
        channel.advanceTimeBy(WebSocketBytes.CLOSE_TIMEOUT_SECONDS - 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(end.isDone()).isFalse();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void nothing_follows_the_close_frame_of_the_client() {
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                // Its end is awaited by nobody here.
            }
        });
        channel.pipeline().addLast(new WebSocketBytes());
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1}));

        channel.writeInbound(new CloseWebSocketFrame());
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {2}));
        ChannelFuture end = channel.pipeline().close();

        assertThat(end.isDone()).isFalse();
        BinaryWebSocketFrame first = channel.readOutbound();
        assertThat(first.content().readByte()).isEqualTo((byte) 1);
        first.release();
        CloseWebSocketFrame second = channel.readOutbound();
        assertThat(second.statusCode()).isEqualTo(-1);
        second.release();
        assertThat(channel.<Object>readOutbound()).isNull();
    }
}
