package io.alicia.mqtt.topic;

/**
 * The levels of {@link AliciaTopics#COMMAND_OF_KIND}: {@code sonos/kitchen}, {@code sonos/volume}.
 *
 * @param kind the kind of target, one level, such as {@code sonos}
 * @param target what the command is for, one level, not {@code response}
 */
public record TargetOfKind(String kind, String target) {}
