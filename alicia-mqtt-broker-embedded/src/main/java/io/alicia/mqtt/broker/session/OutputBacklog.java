package io.alicia.mqtt.broker.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the network has not taken of a connection's output, as soon as it is much: it counts for what all connections may
 * have together. Beyond that the connection gets no more before it has little, as if that were all it may have. Belongs to
 * the connection's event loop.
 */
final class OutputBacklog {

    /** What each connection may have for itself. */
    static final int LITTLE_BYTES = 64 * 1024;

    /** All connections share what counts; who has a little more or less than before does not tell them. */
    private static final int STEP_BYTES = LITTLE_BYTES / 2;

    private static final WriteBufferWaterMark NARROW = new WriteBufferWaterMark(LITTLE_BYTES / 2, LITTLE_BYTES);

    private final ChannelHandlerContext context;
    private final MessageBudget budget;
    private final LongSupplier unsentBytes;
    private long counted;
    /** Whether it will be told when the network has taken all that there was. */
    private boolean awaited;
    /** What the connection may have at other times; null if these are now. */
    private @Nullable WriteBufferWaterMark wide;

    OutputBacklog(ChannelHandlerContext context, MessageBudget budget, LongSupplier unsentBytes) {
        this.context = context;
        this.budget = budget;
        this.unsentBytes = unsentBytes;
    }

    /** The network had its chance to take something, and this is left. */
    void look(long unsent) {
        if (unsent > LITTLE_BYTES) {
            if (Math.abs(unsent - counted) > STEP_BYTES) {
                count(unsent);
            }
            if (!budget.hasRoomFor(1)) {
                narrow();
            }
            await();
        } else if (counted > 0) {
            count(0);
            widen();
        }
    }

    private void count(long unsent) {
        budget.add(unsent - counted);
        counted = unsent;
    }

    private void narrow() {
        WriteBufferWaterMark present = context.channel().config().getWriteBufferWaterMark();
        if (wide == null && present.high() > LITTLE_BYTES) {
            wide = present;
            context.channel().config().setWriteBufferWaterMark(NARROW);
        }
    }

    private void widen() {
        if (wide != null) {
            context.channel().config().setWriteBufferWaterMark(wide);
            wide = null;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its listener is what is wanted
    private void await() {
        if (!awaited) {
            awaited = true;
            // Behind all that waits, and also told of if the connection ends.
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> {
                awaited = false;
                look(unsentBytes.getAsLong());
            });
        }
    }
}
