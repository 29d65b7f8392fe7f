package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.protocol.BinaryData;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the texts of a component stand in payloads, by its {@code encoding}: UTF-8 unless given, and none at all if it is empty.
 * The names are those of Python as far as Java knows them, too.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class PayloadEncoding {

    private final String name;

    private PayloadEncoding(String name) {
        this.name = name;
    }

    /**
     * {@return the encoding of a component}
     *
     * @param component the component
     */
    public static PayloadEncoding of(Component component) {
        return new PayloadEncoding(component.encoding().orElse("utf-8"));
    }

    /**
     * {@return the text in a payload}
     *
     * @param payload what arrived
     * @throws IllegalArgumentException if it has bytes that the encoding does not have, the encoding is not known, or the
     *     component takes bytes as they are
     */
    public String decode(BinaryData payload) {
        Charset charset = charset();
        try {
            return charset.newDecoder().decode(payload.toByteBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the payload is not in " + name, e);
        }
    }

    /**
     * {@return the payload for a text}
     *
     * @param text the text
     * @throws IllegalArgumentException if it has characters that the encoding does not have, the encoding is not known, or
     *     the component takes bytes as they are, which Home Assistant does not send for a text
     */
    public BinaryData encode(String text) {
        Charset charset = charset();
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return BinaryData.wrap(exact);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("there is no way to say \"" + text + "\" in " + name, e);
        }
    }

    private Charset charset() {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("with the encoding \"\" payloads are bytes and no text");
        }
        String dashed = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.of(dashed, dashed.replace("-", ""))
                .flatMap(spelling -> known(spelling).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the encoding " + name + " is not known here"));
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(name.equals("utf-8") ? StandardCharsets.UTF_8 : Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // Another spelling may be known.
            return Optional.empty();
        }
    }
}
