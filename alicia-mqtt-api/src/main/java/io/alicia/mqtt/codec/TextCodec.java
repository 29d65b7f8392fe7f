package io.alicia.mqtt.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8, strictly. */
enum TextCodec implements PayloadCodec<String> {
    INSTANCE;

    @Override
    public String decode(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(payload);
        }
        return text;
    }

    /** A replacement character may have been sent as such; decoding it strictly tells. */
    private static void requireUtf8(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new PayloadException("not UTF-8 text: malformed from byte " + bytes.position(), e);
        }
    }

    @Override
    public byte[] encode(String value) {
        int i = 0;
        while (i < value.length()) {
            int character = value.codePointAt(i);
            if (Character.getType(character) == Character.SURROGATE) {
                // getBytes would write a question mark in its place.
                throw new IllegalArgumentException("no UTF-8 for the text: it contains a lone surrogate at index " + i);
            }
            i += Character.charCount(character);
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String contentType() {
        return "text/plain";
    }
}
