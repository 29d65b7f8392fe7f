package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.Nullable;

/** Reads a property section that has only Reason String and User Properties. */
final class ReasonPropertiesReader {

    private ReasonPropertiesReader() {}

    /** The section, or none where the packet ends before its Property Length, as short forms may. */
    static ReasonProperties readIfPresent(PacketReader reader) {
        return reader.remaining() == 0 ? ReasonProperties.NONE : read(reader);
    }

    static ReasonProperties read(PacketReader reader) {
        PropertyReader section = new PropertyReader(reader, Property.OF_REASON);
        if (section.isEmpty()) {
            return ReasonProperties.NONE;
        }
        @Nullable String reasonString = null;
        while (section.next() != null) {
            reasonString = section.string();
        }
        return new ReasonProperties(reasonString, section.userProperties());
    }
}
