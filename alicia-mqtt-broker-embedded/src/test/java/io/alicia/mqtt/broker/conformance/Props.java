package io.alicia.mqtt.broker.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a packet as they arrived.
 *
 * @param all in their order
 * @param end where the bytes behind them begin
 */
record Props(List<Prop> all, int end) {

    /**
     * One property.
     *
     * @param identifier which
     * @param value a number as decimal text, text as it is, name and value of a pair as {@code name=value}, bytes in
     *     hexadecimal
     */
    record Prop(int identifier, String value) {}

    static Props none(int end) {
        return new Props(List.of(), end);
    }

    static Props read(byte[] bytes, int at) {
        Cursor cursor = new Cursor(bytes, at);
        int end = cursor.variable();
        end += cursor.at;
        List<Prop> all = new ArrayList<>();
        while (cursor.at < end) {
            int identifier = cursor.variable();
            all.add(new Prop(identifier, cursor.value(identifier)));
        }
        if (cursor.at != end) {
            throw new AssertionError("properties end at " + cursor.at + ", announced " + end);
        }
        return new Props(all, end);
    }

    boolean has(int identifier) {
        return all.stream().anyMatch(prop -> prop.identifier == identifier);
    }

    List<String> values(int identifier) {
        return all.stream()
                .filter(prop -> prop.identifier == identifier)
                .map(Prop::value)
                .toList();
    }

    Optional<String> value(int identifier) {
        List<String> values = values(identifier);
        if (values.size() > 1) {
            throw new AssertionError(String.format("property 0x%02X is there twice: %s", identifier, values));
        }
        return values.stream().findFirst();
    }

    long number(int identifier) {
        return Long.parseLong(
                value(identifier).orElseThrow(() -> new AssertionError("no property " + identifier + " in " + this)));
    }

    /** Reads values by the table of MQTT 5 §2.2.2.2. */
    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        int variable() {
            int value = 0;
            int shift = 0;
            int b;
            do {
                b = bytes[at++] & 0xFF;
                value += (b & 0x7F) << shift;
                shift += 7;
            } while (b >= 0x80);
            return value;
        }

        String value(int identifier) {
            return switch (identifier) {
                case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> number(1);
                case 0x13, 0x21, 0x22, 0x23 -> number(2);
                case 0x02, 0x11, 0x18, 0x27 -> number(4);
                case 0x0B -> String.valueOf(variable());
                case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F -> new String(sized(), StandardCharsets.UTF_8);
                case 0x09, 0x16 -> HexFormat.of().formatHex(sized());
                case 0x26 ->
                    new String(sized(), StandardCharsets.UTF_8) + "=" + new String(sized(), StandardCharsets.UTF_8);
                default -> throw new AssertionError(String.format("unknown property 0x%02X", identifier));
            };
        }

        private String number(int size) {
            long value = 0;
            for (int i = 0; i < size; i++) {
                value = (value << 8) | (bytes[at++] & 0xFF);
            }
            return String.valueOf(value);
        }

        private byte[] sized() {
            int length = Integer.parseInt(number(2));
            at += length;
            return Arrays.copyOfRange(bytes, at - length, at);
        }
    }
}
