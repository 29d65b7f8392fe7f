package io.alicia.mqtt.homeassistant.entity;

/**
 * A range of values on the wire that stand for 0 to 100 %.
 *
 * @param closed the value of 0 %
 * @param open the value of 100 %, which may be the smaller one
 */
record Scale(int closed, int open) {

    int percent(double value) {
        return open == closed
                ? 0
                : (int) Math.round(Math.min(100, Math.max(0, (value - closed) * 100 / (open - closed))));
    }

    int value(int percent) {
        return (int) Math.round(closed + percent * (open - closed) / 100.0);
    }
}
