package io.alicia.mqtt.homeassistant.entity;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a siren is told.
 *
 * @param on whether it is to sound
 * @param tone one of the entity's tones
 * @param duration for how long
 * @param volume how loud, 0 to 1
 */
public record SirenCommand(boolean on, Optional<String> tone, Optional<Duration> duration, OptionalDouble volume)
        implements EntityCommand {}
