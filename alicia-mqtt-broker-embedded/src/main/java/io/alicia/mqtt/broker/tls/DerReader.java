package io.alicia.mqtt.broker.tls;

import java.util.Arrays;

/** Walks over the elements of DER (X.690 §10) on one level. */
final class DerReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** {@return the tag of the next element, -1 if there is none} */
    int tag() {
        return position < end ? bytes[position] & 0xFF : -1;
    }

    /** {@return the inside of the next element, which is passed} */
    DerReader enter(int expectedTag) throws TlsException {
        if (tag() != expectedTag) {
            throw damaged();
        }
        int start = contentOf(position);
        skip();
        return new DerReader(bytes, start, /* end= */ position);
    }

    /** Passes the next element. */
    void skip() throws TlsException {
        int content = contentOf(position);
        int length = bytes[position + 1] & 0xFF;
        if (length >= 0x80) {
            int size = 0;
            for (int i = position + 2; i < content; i++) {
                size = (size << 8) | (bytes[i] & 0xFF);
            }
            length = size;
        }
        if (length < 0 || length > end - content) {
            throw damaged();
        }
        position = content + length;
    }

    private int contentOf(int start) throws TlsException {
        if (end - start < 2) {
            throw damaged();
        }
        int length = bytes[start + 1] & 0xFF;
        int lengthBytes = length < 0x80 ? 0 : length & 0x7F;
        if (lengthBytes > 3 || length == 0x80 || end - start < 2 + lengthBytes) {
            throw damaged();
        }
        return start + 2 + lengthBytes;
    }

    /** {@return what is left here} */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, position, end);
    }

    /** {@return the next element with its tag and length} */
    byte[] raw() throws TlsException {
        int start = position;
        skip();
        return Arrays.copyOfRange(bytes, start, position);
    }

    private static TlsException damaged() {
        return new TlsException("the key is damaged");
    }
}
