package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.Brightness;
import java.util.Optional;

/** Colours that are as bright as the light is to be: those made of channels, and white. */
final class DimmedTint {

    private DimmedTint() {}

    /** The colour with that brightness in its channels, rounded as Python does it; empty if it has none. */
    static Optional<LightTint> of(LightTint tint, Brightness brightness) {
        int level = brightness.level();
        if (tint instanceof LightTint.Rgb rgb) {
            return Optional.of(of(rgb, brightness));
        }
        if (tint instanceof LightTint.Rgbw rgbw) {
            return Optional.of(new LightTint.Rgbw(
                    channel(rgbw.red(), level),
                    channel(rgbw.green(), level),
                    channel(rgbw.blue(), level),
                    channel(rgbw.white(), level)));
        }
        if (tint instanceof LightTint.Rgbww all) {
            return Optional.of(new LightTint.Rgbww(
                    channel(all.red(), level),
                    channel(all.green(), level),
                    channel(all.blue(), level),
                    channel(all.coldWhite(), level),
                    channel(all.warmWhite(), level)));
        }
        return tint instanceof LightTint.White ? Optional.of(new LightTint.White(brightness)) : Optional.empty();
    }

    static LightTint.Rgb of(LightTint.Rgb rgb, Brightness brightness) {
        int level = brightness.level();
        return new LightTint.Rgb(channel(rgb.red(), level), channel(rgb.green(), level), channel(rgb.blue(), level));
    }

    private static int channel(int value, int level) {
        return (int) Math.rint(value / (double) Brightness255.SCALE * level);
    }
}
