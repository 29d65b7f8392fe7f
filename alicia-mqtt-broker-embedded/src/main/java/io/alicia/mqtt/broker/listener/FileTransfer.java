package io.alicia.mqtt.broker.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a file as the body of an answer: a piece is read when the one before it has left. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class FileTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);
    private static final int PIECE_BYTES = 64 * 1024;

    private final ChannelHandlerContext ctx;
    private final FileChannel content;
    private final Executor slow;
    private final Runnable progress;
    private final ChannelPromise end;
    private long left;

    /** Takes the file over and closes it at the end. */
    FileTransfer(ChannelHandlerContext ctx, FileChannel content, long bytes, Executor slow, Runnable progress) {
        this.ctx = ctx;
        this.content = content;
        this.left = bytes;
        this.slow = slow;
        this.progress = progress;
        this.end = ctx.newPromise();
        // Also when the client hangs up while a piece is read.
        ctx.channel().closeFuture().addListener(closed -> close());
        end.addListener(ended -> close());
    }

    /** Begins, on the event loop; the future tells whether all of it was sent. */
    ChannelFuture start() {
        slow.execute(this::read);
        return end;
    }

    private void read() {
        int bytes = (int) Math.min(PIECE_BYTES, left);
        ByteBuf piece = ctx.alloc().buffer(bytes);
        try {
            while (piece.readableBytes() < bytes) {
                if (piece.writeBytes(content, bytes - piece.readableBytes()) < 0) {
                    throw new EOFException("the file became shorter while it was sent");
                }
            }
        } catch (IOException e) {
            piece.release();
            end.tryFailure(e);
            return;
        }
        ctx.executor().execute(() -> send(piece));
    }

    private void send(ByteBuf piece) {
        left -= piece.readableBytes();
        boolean last = left == 0;
        progress.run();
        ctx.writeAndFlush(last ? new DefaultLastHttpContent(piece) : new DefaultHttpContent(piece))
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        end.tryFailure(written.cause());
                    } else if (last) {
                        end.trySuccess();
                    } else {
                        slow.execute(this::read);
                    }
                });
    }

    private void close() {
        try {
            content.close();
        } catch (IOException e) {
            LOG.warn("a file that was sent could not be closed: {}", e.getMessage());
        }
    }
}
