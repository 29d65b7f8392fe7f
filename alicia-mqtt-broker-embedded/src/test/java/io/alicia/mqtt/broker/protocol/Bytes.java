package io.alicia.mqtt.broker.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes written by hand: hexadecimal in any grouping, text in single quotes: {@code 10 0C 0004'MQTT' 04 …}. */
final class Bytes {

    private Bytes() {}

    static byte[] of(String written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String[] parts = written.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            bytes.writeBytes(
                    i % 2 == 0
                            ? HexFormat.of().parseHex(parts[i].replaceAll("\\s", ""))
                            : parts[i].getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
