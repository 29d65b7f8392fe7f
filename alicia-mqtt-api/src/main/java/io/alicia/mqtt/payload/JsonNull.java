package io.alicia.mqtt.payload;

/** JSON's {@code null}. The house never writes it by itself; it is here because others do. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String type() {
        return "null";
    }

    @Override
    public String toString() {
        return "null";
    }
}
