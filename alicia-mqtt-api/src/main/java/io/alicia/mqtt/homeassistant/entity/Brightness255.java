package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.Brightness;

/** Home Assistant's 255 steps of brightness, and what stands for them where a light counts otherwise. */
final class Brightness255 {

    static final int SCALE = Brightness.MAX_LEVEL;

    private Brightness255() {}

    /** The brightness that a value on the wire stands for. */
    static Brightness of(double value, int scale) {
        return new Brightness((int) Math.rint(Math.min(SCALE, Math.max(0, value * SCALE / scale))));
    }

    /** The brightness of a state that is lit, however little: only a value of 0 is none. */
    static Brightness ofLit(double value, int scale) {
        return new Brightness(Math.max(1, of(value, scale).level()));
    }

    /** The value on the wire of something that is lit: never 0, which would be off. */
    static int lit(Brightness brightness, int scale) {
        return Math.max(1, Math.min((int) Math.rint(brightness.level() * (double) scale / SCALE), scale));
    }

    /** The value on the wire of a brightness that may be none. */
    static int value(Brightness brightness, int scale) {
        return brightness.level() == 0 ? 0 : lit(brightness, scale);
    }
}
