package io.alicia.mqtt.broker.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a client's WebSocket frames (RFC 6455 §5). The payload of binary ones is handed on piece by piece, as the
 * network brings it, so that a frame may hold any number of packets [MQTT-6.0.0-2] and be of any length, and yet no more
 * of it is held than one read has brought. Pings and the Close frame are handed on as frames; what breaks a rule is a
 * {@link CorruptedWebSocketFrameException}, behind which nothing is read any more.
 */
final class WebSocketFrames extends ByteToMessageDecoder implements WebSocketFrameDecoder {

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;

    private static final int SHORT_LENGTH = 0x7F;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MASK_BYTES = 4;

    /** What is still to come of the payload of a binary frame. */
    private long left;
    /** The mask, turned so that its first byte is for the next byte of the payload. */
    private int mask;
    /** Whether the last frame of a message is still to come. */
    private boolean continued;

    private boolean over;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
        } else if (left > 0) {
            readPayload(in, out);
        } else {
            readHead(in, out);
        }
    }

    private void readPayload(ByteBuf in, List<Object> out) {
        int length = (int) Math.min(left, in.readableBytes());
        unmask(in, in.readerIndex(), length);
        left -= length;
        out.add(in.readRetainedSlice(length));
    }

    private void readHead(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < 2) {
            return;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int shortLength = second & SHORT_LENGTH;
        checkHead(first, second, shortLength);
        int lengthBytes = shortLength == LENGTH_IN_TWO_BYTES ? 2 : shortLength == LENGTH_IN_EIGHT_BYTES ? 8 : 0;
        int headBytes = 2 + lengthBytes + MASK_BYTES;
        boolean control = (first & CONTROL) != 0;
        if (in.readableBytes() < headBytes + (control ? shortLength : 0)) {
            return;
        }
        long length = switch (lengthBytes) {
            case 0 -> shortLength;
            case 2 -> in.getUnsignedShort(start + 2);
            default -> in.getLong(start + 2);
        };
        checkLength(length, lengthBytes);
        mask = in.getInt(start + headBytes - MASK_BYTES);
        in.skipBytes(headBytes);
        if (control) {
            unmask(in, in.readerIndex(), shortLength);
            readControl(first & OPCODE, in.readSlice(shortLength), out);
        } else {
            continued = (first & LAST) == 0;
            left = length;
        }
    }

    /** All that the first two bytes of a frame can do wrong (RFC 6455 §5.1, §5.2, §5.4, §5.5). */
    private void checkHead(int first, int second, int shortLength) {
        int opcode = first & OPCODE;
        if ((first & RESERVED) != 0) {
            throw refusal("a reserved bit is set");
        }
        if ((second & MASKED) == 0) {
            throw refusal("a client's frame is not masked");
        }
        switch (opcode) {
            case CONTINUATION -> {
                if (!continued) {
                    throw refusal("there is nothing to continue");
                }
            }
            case BINARY -> {
                if (continued) {
                    throw refusal("a message begins inside of another one");
                }
            }
            case TEXT -> throw refusal(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "MQTT is binary [MQTT-6.0.0-1]");
            case CLOSE, PING, PONG -> {
                if ((first & LAST) == 0) {
                    throw refusal("a control frame is in pieces");
                }
                if (shortLength > MAX_CONTROL_BYTES) {
                    throw refusal("a control frame has more than 125 bytes");
                }
            }
            default -> throw refusal("opcode " + opcode + " is reserved");
        }
    }

    private void checkLength(long length, int lengthBytes) {
        if (length < 0) {
            throw refusal("a length is negative");
        }
        if ((lengthBytes == 2 && length < LENGTH_IN_TWO_BYTES) || (lengthBytes == 8 && length <= 0xFFFF)) {
            throw refusal("a length is not in its shortest form");
        }
    }

    private void readControl(int opcode, ByteBuf payload, List<Object> out) {
        if (opcode == PING) {
            out.add(new PingWebSocketFrame(payload.retain()));
        } else if (opcode == CLOSE) {
            checkFarewell(payload);
            over = true;
            out.add(new CloseWebSocketFrame(true, 0, payload.retain()));
        }
    }

    /** Nothing, or a code and a text (RFC 6455 §5.5.1, §7.4). */
    private void checkFarewell(ByteBuf payload) {
        int length = payload.readableBytes();
        if (length == 0) {
            return;
        }
        if (length == 1 || !WebSocketCloseStatus.isValidStatusCode(payload.getUnsignedShort(payload.readerIndex()))) {
            throw refusal("a Close frame has no valid code");
        }
        if (!ByteBufUtil.isText(payload, payload.readerIndex() + 2, length - 2, StandardCharsets.UTF_8)) {
            throw refusal(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the reason in a Close frame is not UTF-8");
        }
    }

    /** In place: nobody else reads these bytes. */
    private void unmask(ByteBuf in, int from, int length) {
        for (ByteBuffer part : in.nioBuffers(from, length)) {
            unmask(part);
        }
    }

    private void unmask(ByteBuffer bytes) {
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
        int start = bytes.position();
        int end = bytes.limit();
        int i = start;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            bytes.putLong(i, bytes.getLong(i) ^ twice);
        }
        for (int shift = Long.SIZE - Byte.SIZE; i < end; i++, shift -= Byte.SIZE) {
            bytes.put(i, (byte) (bytes.get(i) ^ (twice >>> shift)));
        }
        mask = Integer.rotateLeft(mask, Byte.SIZE * ((end - start) % MASK_BYTES));
    }

    private CorruptedWebSocketFrameException refusal(String problem) {
        return refusal(WebSocketCloseStatus.PROTOCOL_ERROR, problem);
    }

    private CorruptedWebSocketFrameException refusal(WebSocketCloseStatus status, String problem) {
        over = true;
        return new CorruptedWebSocketFrameException(status, "WebSocket: " + problem);
    }
}
