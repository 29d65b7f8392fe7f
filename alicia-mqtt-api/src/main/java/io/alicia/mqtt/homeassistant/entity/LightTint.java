package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.payload.Brightness;

/** The colour of a light, in one of the ways that Home Assistant speaks of it. */
public sealed interface LightTint {

    /** {@return the colour mode of such colours, which a light announces} */
    ColorMode mode();

    /**
     * A white of a colour temperature.
     *
     * @param kelvin the temperature in K
     */
    record Temperature(int kelvin) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.COLOR_TEMP;
        }
    }

    /**
     * White.
     *
     * @param brightness how bright
     */
    record White(Brightness brightness) implements LightTint {

        /**
         * White in percent.
         *
         * @param percent how bright in %
         * @throws IllegalArgumentException if it is not from 0 to 100
         */
        public White(int percent) {
            this(Brightness.percent(percent));
        }

        /** {@return how bright in %, rounded} */
        public int percent() {
            return brightness.percent();
        }

        @Override
        public ColorMode mode() {
            return ColorMode.WHITE;
        }
    }

    /**
     * Hue and saturation.
     *
     * @param hue in degrees, 0 to 360
     * @param saturation in %, 0 to 100
     */
    record HueSaturation(double hue, double saturation) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.HS;
        }
    }

    /**
     * A point of the CIE 1931 chromaticity diagram.
     *
     * @param x 0 to 1
     * @param y 0 to 1
     */
    record Xy(double x, double y) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.XY;
        }
    }

    /**
     * Red, green and blue, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     */
    record Rgb(int red, int green, int blue) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.RGB;
        }
    }

    /**
     * Red, green, blue and white, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     * @param white white
     */
    record Rgbw(int red, int green, int blue, int white) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.RGBW;
        }
    }

    /**
     * Red, green, blue, cold and warm white, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     * @param coldWhite cold white
     * @param warmWhite warm white
     */
    record Rgbww(int red, int green, int blue, int coldWhite, int warmWhite) implements LightTint {

        @Override
        public ColorMode mode() {
            return ColorMode.RGBWW;
        }
    }
}
