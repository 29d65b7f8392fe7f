package io.alicia.mqtt.broker;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code mosquitto.conf} that a broker cannot be started with. The message is what Mosquitto says, with file and line.
 */
public final class ConfigFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ConfigFileException(List<String> lines, @Nullable Throwable cause) {
        super(String.join("\n", lines), cause);
    }
}
