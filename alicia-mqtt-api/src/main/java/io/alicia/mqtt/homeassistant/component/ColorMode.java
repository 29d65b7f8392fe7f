package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code supported_color_modes} of {@code light}. */
public enum ColorMode implements OptionWord {
    /** The word {@code brightness}. */
    BRIGHTNESS,
    /** The word {@code color_temp}. */
    COLOR_TEMP,
    /** The word {@code hs}. */
    HS,
    /** The word {@code onoff}. */
    ONOFF,
    /** The word {@code rgb}. */
    RGB,
    /** The word {@code rgbw}. */
    RGBW,
    /** The word {@code rgbww}. */
    RGBWW,
    /** The word {@code white}. */
    WHITE,
    /** The word {@code xy}. */
    XY
}
