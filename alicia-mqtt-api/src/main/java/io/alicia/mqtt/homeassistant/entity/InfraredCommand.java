package io.alicia.mqtt.homeassistant.entity;

import java.util.List;
import java.util.OptionalInt;

/**
 * What an infrared emitter is to send.
 *
 * @param timings how long each pulse and each pause lasts, in µs; pauses are negative
 * @param modulationHz the carrier's frequency in Hz
 * @param repeats how often it is sent again
 */
public record InfraredCommand(List<Integer> timings, OptionalInt modulationHz, OptionalInt repeats)
        implements EntityCommand {

    /**
     * What is to be sent.
     *
     * @param timings how long each pulse and each pause lasts, in µs; pauses are negative
     * @param modulationHz the carrier's frequency in Hz
     * @param repeats how often it is sent again
     * @throws IllegalArgumentException if there are no timings
     */
    public InfraredCommand {
        timings = List.copyOf(timings);
        if (timings.isEmpty()) {
            throw new IllegalArgumentException("an infrared command without timings");
        }
    }
}
