package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the properties of one packet on the heap, because their length goes in front (MQTT 5 §2.2.2.1). */
final class PropertyWriter {

    private final ByteBuf section = Unpooled.buffer(64);

    PropertyWriter u8(Property property, int value) {
        section.writeByte(property.id()).writeByte(value);
        return this;
    }

    PropertyWriter u16(Property property, int value) {
        section.writeByte(property.id()).writeShort(value);
        return this;
    }

    PropertyWriter u32(Property property, long value) {
        section.writeByte(property.id()).writeInt((int) value);
        return this;
    }

    PropertyWriter u32IfPresent(Property property, @Nullable Long value) {
        return value == null ? this : u32(property, value);
    }

    PropertyWriter variable(Property property, int value) {
        section.writeByte(property.id());
        VariableByteInteger.write(section, value);
        return this;
    }

    PropertyWriter stringIfPresent(Property property, @Nullable String value) {
        if (value != null) {
            section.writeByte(property.id());
            Fields.writeString(section, value);
        }
        return this;
    }

    PropertyWriter binaryIfPresent(Property property, @Nullable BinaryData value) {
        if (value != null) {
            section.writeByte(property.id());
            Fields.writeBinary(section, value);
        }
        return this;
    }

    PropertyWriter userProperties(List<UserProperty> userProperties) {
        for (UserProperty userProperty : userProperties) {
            section.writeByte(Property.USER_PROPERTY.id());
            Fields.writeString(section, userProperty.name());
            Fields.writeString(section, userProperty.value());
        }
        return this;
    }

    PropertyWriter reason(ReasonProperties properties) {
        return stringIfPresent(Property.REASON_STRING, properties.reasonString())
                .userProperties(properties.userProperties());
    }

    /** What travels with a message, but for its Message Expiry Interval, which counts down. */
    PropertyWriter message(PublishProperties properties) {
        if (!properties.order().isEmpty()) {
            return inOrder(properties);
        }
        return payloadFormat(properties)
                .stringIfPresent(Property.CONTENT_TYPE, properties.contentType())
                .stringIfPresent(Property.RESPONSE_TOPIC, properties.responseTopic())
                .binaryIfPresent(Property.CORRELATION_DATA, properties.correlationData())
                .userProperties(properties.userProperties());
    }

    /** The order is free (MQTT 5 §2.2.2); tests that compare bytes expect that of the publisher, as Mosquitto sends it. */
    private PropertyWriter inOrder(PublishProperties properties) {
        Iterator<UserProperty> userProperties = properties.userProperties().iterator();
        for (int id : properties.order()) {
            Property property = Property.ofIdOrNull(id);
            if (property == null) {
                throw new IllegalArgumentException("no property has the identifier " + id);
            }
            switch (property) {
                case PAYLOAD_FORMAT_INDICATOR -> payloadFormat(properties);
                case CONTENT_TYPE -> stringIfPresent(property, properties.contentType());
                case RESPONSE_TOPIC -> stringIfPresent(property, properties.responseTopic());
                case CORRELATION_DATA -> binaryIfPresent(property, properties.correlationData());
                case USER_PROPERTY -> userProperties(List.of(userProperties.next()));
                default -> throw new IllegalArgumentException(property.title() + " does not travel with a message");
            }
        }
        return this;
    }

    private PropertyWriter payloadFormat(PublishProperties properties) {
        PayloadFormat format = properties.payloadFormatIndicator();
        return format == null ? this : u8(Property.PAYLOAD_FORMAT_INDICATOR, format == PayloadFormat.UTF_8 ? 1 : 0);
    }

    boolean isEmpty() {
        return !section.isReadable();
    }

    /** The properties without their length. */
    byte[] toByteArray() {
        byte[] bytes = new byte[section.readableBytes()];
        section.getBytes(0, bytes);
        return bytes;
    }

    /** Property Length and properties. */
    void writeTo(ByteBuf out) {
        VariableByteInteger.write(out, section.readableBytes());
        out.writeBytes(section, 0, section.readableBytes());
    }
}
