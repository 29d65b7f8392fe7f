package io.alicia.mqtt.payload;

/**
 * What kind of message an envelope holds. The house knows the constants here; others pass through.
 *
 * @param name the name on the wire, such as {@code event}
 */
public record MessageType(String name) {

    /** Something happened. */
    public static final MessageType EVENT = new MessageType("event");

    /** A reply is expected. */
    public static final MessageType REQUEST = new MessageType("request");

    /** The reply to a request. */
    public static final MessageType RESPONSE = new MessageType("response");

    /** Something is to be done. */
    public static final MessageType COMMAND = new MessageType("command");

    /** Something went wrong. */
    public static final MessageType ERROR = new MessageType("error");

    /** {@return {@link #name()}} */
    @Override
    public String toString() {
        return name;
    }
}
