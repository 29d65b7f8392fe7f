package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.Brightness;

/** A colour by its hue and by its channels, each out of the other and rounded as Home Assistant does it. */
final class HueAndChannels {

    private static final double SEXTANT = 60;
    private static final double DEGREES = 360;
    private static final double PERCENT = 100;
    private static final double THOUSANDTHS = 1_000;

    private HueAndChannels() {}

    /** The hue and the saturation of a colour, to a thousandth. */
    static LightTint.HueSaturation hueSaturation(LightTint.Rgb rgb) {
        double most = Math.max(rgb.red(), Math.max(rgb.green(), rgb.blue()));
        double spread = most - Math.min(rgb.red(), Math.min(rgb.green(), rgb.blue()));
        if (spread <= 0) {
            return new LightTint.HueSaturation(0, 0);
        }
        double sextant;
        if (rgb.red() == most) {
            sextant = (rgb.green() - rgb.blue()) / spread;
        } else if (rgb.green() == most) {
            sextant = 2 + (rgb.blue() - rgb.red()) / spread;
        } else {
            sextant = 4 + (rgb.red() - rgb.green()) / spread;
        }
        double hue = (sextant * SEXTANT + DEGREES) % DEGREES;
        return new LightTint.HueSaturation(rounded(hue), rounded(spread / most * PERCENT));
    }

    /** The channels of a hue and a saturation that are as bright as that. */
    static LightTint.Rgb rgb(LightTint.HueSaturation hs, Brightness brightness) {
        double white = 1 - hs.saturation() / PERCENT;
        double sextant = (hs.hue() % DEGREES) / SEXTANT;
        return new LightTint.Rgb(
                channel(5, sextant, white, brightness),
                channel(3, sextant, white, brightness),
                channel(1, sextant, white, brightness));
    }

    /** How much of a channel there is: all within a sextant of its own hue to either side, none opposite, and evenly between. */
    private static int channel(int ownEnd, double sextant, double white, Brightness brightness) {
        double away = (ownEnd + sextant) % 6;
        double missing = Math.max(0, Math.min(1, Math.min(away, 4 - away)));
        return (int) Math.rint(brightness.level() * (1 - (1 - white) * missing));
    }

    private static double rounded(double value) {
        return Math.rint(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
