package io.alicia.mqtt.broker.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The name and version of the broker, as the build wrote them down. */
public final class BrokerVersion {

    private BrokerVersion() {}

    /** {@return the version, for example {@code 1.2.0}} */
    public static String current() {
        try (InputStream text = BrokerVersion.class.getResourceAsStream("version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return name and version, for example {@code alicia-mqtt-broker version 1.2.0}} */
    public static String full() {
        return "alicia-mqtt-broker version " + current();
    }
}
