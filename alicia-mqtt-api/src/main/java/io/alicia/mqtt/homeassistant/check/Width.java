package io.alicia.mqtt.homeassistant.check;

/**
 * How many characters a part of a regular expression matches.
 *
 * @param least the fewest
 * @param most the most, at most {@value #LIMIT}
 */
record Width(long least, long most) {

    /** More than this is not told apart, as in Python. */
    static final long LIMIT = 0xFFFF_FFFFL;

    static final Width NONE = new Width(0, 0);
    static final Width ONE = new Width(1, 1);

    Width then(Width next) {
        return new Width(limited(least + next.least), limited(most + next.most));
    }

    Width or(Width other) {
        return new Width(Math.min(least, other.least), Math.max(most, other.most));
    }

    Width times(long fewest, long highest) {
        return new Width(product(least, fewest), product(most, highest));
    }

    boolean isFixed() {
        return least == most;
    }

    private static long product(long width, long times) {
        // Both are below 2^32, so that the product fits when it is taken without a sign; beyond the limit it does not
        // matter.
        return width != 0 && times > LIMIT / width ? LIMIT : limited(width * times);
    }

    private static long limited(long width) {
        return Math.min(width, LIMIT);
    }
}
