package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Whatever comes off the wire, a codec reads it or throws a {@link PayloadException}; what it read it can write. */
class FuzzTest {

    private static final List<String> FRAGMENTS = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "1e-999",
            "1e9999999999",
            "1e308",
            "99999999999999999999",
            "101",
            "7.5",
            "\"\"",
            "\"on\"",
            "\"a/b\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[[[[",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"2025-02-29T00:00:00\"",
            "\"-999999999-01-01T00:00:00\"",
            "\"+999999999-12-31T23:59:59\"",
            "{\"payload\":{},\"message_id\":1}");

    private final List<PayloadCodec<?>> codecs = codecs();

    private static List<PayloadCodec<?>> codecs() {
        List<PayloadCodec<?>> codecs = new ArrayList<>();
        new AliciaMessages(AliciaCodecs.inUtc()).all().forEach(message -> codecs.add(message.codec()));
        codecs.add(AliciaCodecs.inUtc().olderSonosCommand());
        codecs.add(AliciaCodecs.inUtc().unwrapping(AliciaCodecs.inUtc().deviceStatus()));
        return codecs;
    }

    /** Whether it could be read. */
    private static <P> boolean survives(PayloadCodec<P> codec, byte[] payload, long seed) {
        P value;
        try {
            value = codec.decode(payload);
        } catch (PayloadException e) {
            assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + codec + " on " + Arrays.toString(payload), e);
        }
        try {
            P again = codec.decode(codec.encode(value));
            if (!(value instanceof byte[])) {
                assertThat(again).isEqualTo(value);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + codec + " back from " + new String(payload, StandardCharsets.UTF_8), e);
        }
        return true;
    }

    @Test
    void random_bytes_are_read_or_refused() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 1_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            for (PayloadCodec<?> codec : codecs) {
                survives(codec, payload, seed);
            }
        }
    }

    @Test
    void mutated_samples_are_read_or_refused() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);

        int read = 0;
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] payload = mutated(
                    random,
                    Samples.read(Samples.NAMES.get(random.nextInt(Samples.NAMES.size())))
                            .bytes());
            for (PayloadCodec<?> codec : codecs) {
                if (survives(codec, payload, seed)) {
                    read++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    private static byte[] mutated(SplittableRandom random, byte[] sample) {
        return switch (random.nextInt(4)) {
            case 0 -> flipped(random, sample);
            case 1 -> Arrays.copyOf(sample, random.nextInt(sample.length + 1));
            case 2 -> spliced(random, sample);
            default -> withValueReplaced(random, sample);
        };
    }

    private static byte[] flipped(SplittableRandom random, byte[] sample) {
        byte[] payload = sample.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        }
        return payload;
    }

    private static byte[] spliced(SplittableRandom random, byte[] sample) {
        String text = new String(sample, StandardCharsets.UTF_8);
        int at = random.nextInt(text.length());
        return (text.substring(0, at) + fragment(random) + text.substring(at)).getBytes(StandardCharsets.UTF_8);
    }

    /** Another value behind one of the colons: still JSON, mostly. */
    private static byte[] withValueReplaced(SplittableRandom random, byte[] sample) {
        String[] parts = new String(sample, StandardCharsets.UTF_8).split("(?<=\":)", -1);
        int which = random.nextInt(parts.length);
        if (which > 0) {
            parts[which] = parts[which].replaceFirst("^(\"[^\"]*\"|[-0-9.]+|true|false)", quoted(fragment(random)));
        }
        return String.join("", parts).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    private static String fragment(SplittableRandom random) {
        return FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
    }
}
