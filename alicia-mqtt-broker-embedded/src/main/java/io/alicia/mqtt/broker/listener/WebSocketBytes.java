package io.alicia.mqtt.broker.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is above sees bytes alone: those of binary frames come in, those that go out become binary frames. Pings are
 * answered, and the connection ends with one Close frame, whoever ends it, behind which nothing is sent (RFC 6455
 * §5.5.1).
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class WebSocketBytes extends ChannelDuplexHandler {

    /** How long a client that does not read may keep the connection open behind its Close frame. */
    static final int CLOSE_TIMEOUT_SECONDS = 5;

    /** The writing of the Close frame. */
    private @Nullable ChannelFuture farewell;

    private boolean answered;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof PingWebSocketFrame ping) {
            answered = true;
            write(ctx, new PongWebSocketFrame(ping.content()), ctx.newPromise());
        } else if (message instanceof CloseWebSocketFrame close) {
            afterThisPass(ctx, () -> {
                sayFarewell(ctx, close);
                close(ctx, ctx.newPromise());
            });
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (answered) {
            answered = false;
            ctx.flush();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            afterThisPass(ctx, () -> {
                sayFarewell(ctx, new CloseWebSocketFrame(broken.closeStatus(), broken.getMessage()));
                ctx.fireExceptionCaught(cause);
            });
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Behind the answers to what came before, which are sent at the end of a pass of the event loop. */
    private static void afterThisPass(ChannelHandlerContext ctx, Runnable task) {
        ctx.executor().execute(task);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (farewell != null) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
        } else if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            ctx.write(new BinaryWebSocketFrame(bytes), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ctx.channel().isActive() && ctx.channel().isWritable()) {
            sayFarewell(ctx, new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
        ChannelFuture last = farewell;
        if (last == null || last.isDone()) {
            ctx.close(promise);
            return;
        }
        Future<?> timeout = ctx.executor().schedule(() -> ctx.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        last.addListener(written -> {
            timeout.cancel(false);
            ctx.close(promise);
        });
    }

    /** Takes the frame over, and sends it if none was sent before. */
    private void sayFarewell(ChannelHandlerContext ctx, CloseWebSocketFrame frame) {
        if (farewell == null) {
            farewell = ctx.writeAndFlush(frame);
        } else {
            frame.release();
        }
    }
}
