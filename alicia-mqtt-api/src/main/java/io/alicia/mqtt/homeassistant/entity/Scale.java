package io.alicia.mqtt.homeassistant.entity;

/**
 * A range of values on the wire that stand for 0 to 100 %.
 *
 * @param closed the value of 0 %
 * @param open the value of 100 %, which may be the smaller one
 */
record Scale(int closed, int open) {

    /** The percentage of a value, rounded down as Home Assistant does; values outside of the range are its ends. */
    int percent(double value) {
        return open == closed
                ? 0
                : (int) Math.min(100, Math.max(0, Math.floor((value - closed) * 100 / (open - closed))));
    }

    /** The value of a percentage, rounded to the nearest even one as Python does. */
    int value(int percent) {
        return (int) Math.rint(closed + percent * (open - closed) / 100.0);
    }

    boolean contains(double value) {
        double rounded = Math.rint(value);
        return rounded >= Math.min(closed, open) && rounded <= Math.max(closed, open);
    }
}
