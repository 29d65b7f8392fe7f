package io.alicia.mqtt.access;

/** What a client wants to do with a topic. */
public enum Access {
    /** Send an Application Message to a Topic Name; Mosquitto's {@code write}. */
    PUBLISH(1),
    /** Be delivered an Application Message with a Topic Name; Mosquitto's {@code read}, checked at delivery. */
    RECEIVE(2),
    /** Have a Topic Filter in a SUBSCRIBE accepted; Mosquitto's files always grant it. */
    SUBSCRIBE(4);

    private final int bit;

    Access(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
