package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.alicia.mqtt.topic.ServicePresence;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;

/**
 * Where something of the house says something of itself.
 *
 * @param kind what it says there
 * @param name who it is; empty if only the payload says so
 * @param measurement what is measured, where the topic names it
 * @param topic where it says it
 * @param commandTopic where it takes commands, if it takes any
 */
record HouseSource(
        Kind kind, String name, Optional<String> measurement, TopicName topic, Optional<TopicName> commandTopic) {

    /** What is said on a topic. */
    enum Kind {
        SENSOR_READING,
        SENSOR_MEASUREMENT,
        SENSOR_AVAILABILITY,
        DEVICE_STATUS,
        DEVICE_AVAILABILITY,
        SERVICE_REGISTRATION,
        SERVICE_HEALTH;

        /** Whether it is about a service, whose names are their own. */
        boolean isOfService() {
            return this == SERVICE_REGISTRATION || this == SERVICE_HEALTH;
        }

        /** Where the availability is said of what says this. */
        Optional<Kind> availability() {
            return switch (this) {
                case SENSOR_READING, SENSOR_MEASUREMENT -> Optional.of(SENSOR_AVAILABILITY);
                case DEVICE_STATUS -> Optional.of(DEVICE_AVAILABILITY);
                default -> Optional.empty();
            };
        }
    }

    /** The topics on which the house speaks of what it has. */
    static List<TopicFilter> filters() {
        return List.of(
                AliciaTopics.SENSOR_READING.filter(),
                AliciaTopics.SENSOR_MEASUREMENT.filter(),
                AliciaTopics.DEVICE_STATUS.filter(),
                AliciaTopics.DEVICE_OF_KIND_STATUS.filter(),
                AliciaTopics.DEVICE_AVAILABILITY.filter(),
                AliciaTopics.SERVICE_PRESENCE.filter(),
                AliciaTopics.SERVICE_HEALTH.filter());
    }

    static Optional<HouseSource> of(TopicName topic) {
        return sensor(topic).or(() -> device(topic)).or(() -> service(topic));
    }

    private static Optional<HouseSource> sensor(TopicName topic) {
        return AliciaTopics.SENSOR_AVAILABILITY
                .template()
                .match(topic)
                .map(id -> plain(Kind.SENSOR_AVAILABILITY, id, topic))
                .or(() -> AliciaTopics.SENSOR_READING
                        .template()
                        .match(topic)
                        .map(id -> plain(Kind.SENSOR_READING, id, topic)))
                .or(() -> AliciaTopics.SENSOR_MEASUREMENT
                        .template()
                        .match(topic)
                        .map(measured -> new HouseSource(
                                Kind.SENSOR_MEASUREMENT,
                                measured.deviceId().value(),
                                Optional.of(measured.measurement()),
                                topic,
                                Optional.empty())));
    }

    private static HouseSource plain(Kind kind, DeviceId id, TopicName topic) {
        return new HouseSource(kind, id.value(), Optional.empty(), topic, Optional.empty());
    }

    private static Optional<HouseSource> device(TopicName topic) {
        return AliciaTopics.DEVICE_STATUS
                .template()
                .match(topic)
                .map(id -> status(id, topic, AliciaTopics.DEVICE_COMMAND.name(id)))
                .or(() -> AliciaTopics.DEVICE_OF_KIND_STATUS
                        .template()
                        .match(topic)
                        .map(device -> status(device, topic)))
                .or(() -> AliciaTopics.DEVICE_AVAILABILITY
                        .template()
                        .match(topic)
                        .map(id -> plain(Kind.DEVICE_AVAILABILITY, id, topic)));
    }

    private static HouseSource status(DeviceOfKind device, TopicName topic) {
        return status(device.deviceId(), topic, AliciaTopics.DEVICE_OF_KIND_COMMAND.name(device));
    }

    private static HouseSource status(DeviceId id, TopicName topic, TopicName commandTopic) {
        return new HouseSource(Kind.DEVICE_STATUS, id.value(), Optional.empty(), topic, Optional.of(commandTopic));
    }

    private static Optional<HouseSource> service(TopicName topic) {
        Optional<HouseSource> registration = AliciaTopics.SERVICE_PRESENCE
                .template()
                .match(topic)
                .filter(ServicePresence.REGISTER::equals)
                .map(presence ->
                        new HouseSource(Kind.SERVICE_REGISTRATION, "", Optional.empty(), topic, Optional.empty()));
        return registration.or(() -> AliciaTopics.SERVICE_HEALTH
                .template()
                .match(topic)
                .map(name -> new HouseSource(Kind.SERVICE_HEALTH, name, Optional.empty(), topic, Optional.empty())));
    }

    HouseSource named(String who) {
        return new HouseSource(kind, who, measurement, topic, commandTopic);
    }
}
