package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.SirenEntity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a siren can sound, as it announces it. Home Assistant leaves out of commands and states what a siren does not announce,
 * without a word.
 *
 * @param tones the tones that it can play; none if it announces none
 * @param hasDuration whether it can be said for how long
 * @param hasVolume whether it can be said how loud
 */
record SirenSound(List<String> tones, boolean hasDuration, boolean hasVolume) {

    static SirenSound of(SirenEntity siren) {
        List<String> tones = siren.availableTones();
        return new SirenSound(
                tones == null ? List.of() : tones,
                siren.supportDuration().orElse(true),
                siren.supportVolumeSet().orElse(true));
    }

    boolean hasTones() {
        return !tones.isEmpty();
    }

    /**
     * Refuses what Home Assistant would leave out or refuse.
     *
     * @throws IllegalArgumentException naming the option that the siren lacks
     */
    void require(Optional<String> tone, Optional<Duration> duration, OptionalDouble volume) {
        tone.filter(said -> !tones.contains(said)).ifPresent(said -> {
            throw new IllegalArgumentException(
                    hasTones() ? "siren: available_tones has no " + said : "siren: no tone without available_tones");
        });
        if (duration.isPresent() && !hasDuration) {
            throw new IllegalArgumentException("siren: no duration, as support_duration is false");
        }
        if (volume.isPresent() && !hasVolume) {
            throw new IllegalArgumentException("siren: no volume, as support_volume_set is false");
        }
    }
}
