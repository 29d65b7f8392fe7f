package io.alicia.mqtt.broker.conformance;

/** What a test's client speaks, with its Protocol Level. */
enum Version {
    V3(4),
    V5(5);

    final int level;

    Version(int level) {
        this.level = level;
    }

    boolean is5() {
        return this == V5;
    }
}
