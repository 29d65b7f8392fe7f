package io.alicia.mqtt.homeassistant.entity;

/** The colour of a light, in one of the ways that Home Assistant speaks of it. */
public sealed interface LightTint {

    /**
     * A white of a colour temperature.
     *
     * @param kelvin the temperature in K
     */
    record Temperature(int kelvin) implements LightTint {}

    /**
     * White.
     *
     * @param percent how bright in %
     */
    record White(int percent) implements LightTint {}

    /**
     * Hue and saturation.
     *
     * @param hue in degrees, 0 to 360
     * @param saturation in %, 0 to 100
     */
    record HueSaturation(double hue, double saturation) implements LightTint {}

    /**
     * A point of the CIE 1931 chromaticity diagram.
     *
     * @param x 0 to 1
     * @param y 0 to 1
     */
    record Xy(double x, double y) implements LightTint {}

    /**
     * Red, green and blue, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     */
    record Rgb(int red, int green, int blue) implements LightTint {}

    /**
     * Red, green, blue and white, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     * @param white white
     */
    record Rgbw(int red, int green, int blue, int white) implements LightTint {}

    /**
     * Red, green, blue, cold and warm white, each 0 to 255.
     *
     * @param red red
     * @param green green
     * @param blue blue
     * @param coldWhite cold white
     * @param warmWhite warm white
     */
    record Rgbww(int red, int green, int blue, int coldWhite, int warmWhite) implements LightTint {}
}
