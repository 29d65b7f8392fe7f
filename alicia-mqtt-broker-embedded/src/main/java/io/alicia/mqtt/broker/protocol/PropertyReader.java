package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the properties of one packet (MQTT 5 §2.2.2): {@code while ((property = next()) != null) switch (property) …}.
 * Refuses what the packet does not know and what it may not have twice; collects User Properties itself.
 */
final class PropertyReader {

    private static final long REPEATABLE = Property.USER_PROPERTY.bit();

    private final PacketReader reader;
    private final long allowed;
    private final long repeatable;
    private final int bodyEnd;
    private final boolean empty;
    private long seen;
    private String title = "Property Length";
    private @Nullable List<UserProperty> userProperties;
    private @Nullable List<Integer> order;

    /** Reads the Property Length; {@code allowed} is a {@link Property#setOf set}. */
    PropertyReader(PacketReader reader, long allowed) {
        this(reader, allowed, REPEATABLE);
    }

    /** The same, for the packet that may repeat more than User Properties. */
    PropertyReader(PacketReader reader, long allowed, long alsoRepeatable) {
        this.reader = reader;
        this.allowed = allowed;
        this.repeatable = REPEATABLE | alsoRepeatable;
        int length = reader.variableByteInteger(title);
        if (length > reader.remaining()) {
            reader.malformed(title, length + " bytes announced, " + reader.remaining() + " left");
            length = 0;
        }
        this.empty = length == 0;
        this.bodyEnd = reader.end();
        reader.end(reader.position() + length);
    }

    /** Whether there is nothing to read; closes the section then. */
    boolean isEmpty() {
        if (empty) {
            close();
        }
        return empty;
    }

    /** The next property other than a User Property, its value to be read next; null at the end or after a failure. */
    @Nullable
    Property next() {
        while (!reader.failed() && reader.remaining() > 0) {
            int id = reader.variableByteInteger("Property Identifier");
            if (reader.failed()) {
                break;
            }
            Property property = Property.ofIdOrNull(id);
            if (property == null) {
                reader.malformed("Property Identifier", String.format("no property has 0x%02X (MQTT 5 §2.2.2.2)", id));
                break;
            }
            title = property.title();
            if ((allowed & property.bit()) == 0) {
                skip(property);
                reader.fail(misplaced(), title, "not a property of this packet (MQTT 5 §2.2.2.2)");
                break;
            }
            if ((seen & property.bit() & ~repeatable) != 0) {
                reader.protocolError(title, "it is there twice (MQTT 5 §2.2.2.2)");
                break;
            }
            seen |= property.bit();
            note(id);
            if (property != Property.USER_PROPERTY) {
                return property;
            }
            readUserProperty();
        }
        close();
        return null;
    }

    private void note(int id) {
        if (order == null) {
            order = new ArrayList<>();
        }
        order.add(id);
    }

    /** The identifiers of all properties read so far, in the order in which they came. */
    List<Integer> order() {
        return order == null ? List.of() : order;
    }

    /** By the specification's prose always a Malformed Packet (MQTT 5 §2.2.2.2); these are what Mosquitto's tests want. */
    private ReasonCode misplaced() {
        return reader.type() == PacketType.SUBSCRIBE || reader.type() == PacketType.UNSUBSCRIBE
                ? ReasonCode.MALFORMED_PACKET
                : ReasonCode.PROTOCOL_ERROR;
    }

    /** Reads a value for nothing but to see whether it is there. */
    private void skip(Property property) {
        switch (property.kind()) {
            case BYTE -> reader.u8(title);
            case TWO_BYTES -> reader.u16(title);
            case FOUR_BYTES -> reader.u32(title);
            case VARIABLE -> reader.variableByteInteger(title);
            case STRING -> reader.string(title);
            case BINARY -> reader.binary(title);
            case STRING_PAIR -> readUserProperty();
        }
    }

    private void close() {
        reader.end(reader.failed() ? reader.position() : bodyEnd);
    }

    private void readUserProperty() {
        String name = reader.string(title);
        String value = reader.string(title);
        if (userProperties == null) {
            userProperties = new ArrayList<>();
        }
        if (reader.takesOneMore("User Property", userProperties.size())) {
            userProperties.add(new UserProperty(name, value));
        }
    }

    /** The User Properties read so far, in their order. */
    List<UserProperty> userProperties() {
        return userProperties == null ? List.of() : userProperties;
    }

    boolean has(Property property) {
        return (seen & property.bit()) != 0;
    }

    int u16() {
        return reader.u16(title);
    }

    long u32() {
        return reader.u32(title);
    }

    boolean flag() {
        return reader.flag(title);
    }

    String string() {
        return reader.string(title);
    }

    BinaryData binary() {
        return reader.binary(title);
    }

    /** A number for which 0 is a Protocol Error. */
    int u16Positive() {
        return (int) positive(u16(), ReasonCode.PROTOCOL_ERROR);
    }

    /** A number for which 0 is a Protocol Error. */
    long u32Positive() {
        return positive(u32(), ReasonCode.PROTOCOL_ERROR);
    }

    /** A Topic Alias, which has a Reason Code of its own for 0 [MQTT-3.3.2-8]. */
    int topicAlias() {
        return (int) positive(u16(), ReasonCode.TOPIC_ALIAS_INVALID);
    }

    /** Reads a Variable Byte Integer for nothing but to see whether it is there. */
    void skipVariable() {
        reader.variableByteInteger(title);
    }

    /** A Subscription Identifier: 1 to 268,435,455 (MQTT 5 §3.8.2.1.2). */
    int subscriptionIdentifier() {
        return (int) positive(reader.variableByteInteger(title), ReasonCode.MALFORMED_PACKET);
    }

    private long positive(long value, ReasonCode ifZero) {
        if (value == 0) {
            reader.fail(ifZero, title, "it is 0, at least 1 expected");
        }
        return value;
    }
}
