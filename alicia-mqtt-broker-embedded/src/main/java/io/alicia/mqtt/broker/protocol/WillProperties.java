package io.alicia.mqtt.broker.protocol;

/**
 * The properties of a Will Message as CONNECT carries them (MQTT 5 §3.1.3.2).
 *
 * @param delayIntervalSeconds how long the server waits
 * @param published what travels with the message
 */
record WillProperties(long delayIntervalSeconds, PublishProperties published) {

    static final WillProperties NONE = new WillProperties(0, PublishProperties.NONE);

    private static final long ALLOWED = MessageProperties.ALLOWED | Property.WILL_DELAY_INTERVAL.bit();

    static WillProperties read(PacketReader reader) {
        PropertyReader section = new PropertyReader(reader, ALLOWED);
        if (section.isEmpty()) {
            return NONE;
        }
        long delayIntervalSeconds = 0;
        MessageProperties properties = new MessageProperties(reader, section);
        for (Property property = section.next(); property != null; property = section.next()) {
            if (property == Property.WILL_DELAY_INTERVAL) {
                delayIntervalSeconds = section.u32();
            } else {
                properties.take(property);
            }
        }
        return new WillProperties(delayIntervalSeconds, properties.build());
    }
}
