package io.alicia.mqtt.topic;

/**
 * The levels of the device topics that name the kind of device: {@code sonos/kitchen}.
 *
 * @param kind the kind, one level, such as {@code sonos}
 * @param deviceId the device
 */
public record DeviceOfKind(String kind, DeviceId deviceId) {}
