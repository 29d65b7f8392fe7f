package io.alicia.mqtt.testkit.fault;

import io.alicia.mqtt.broker.fault.CrossingPacket;
import io.alicia.mqtt.broker.fault.CrossingPacket.Direction;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which packets a fault concerns: {@code Packets.of(PUBACK).toClient("bulb-1")}.
 *
 * @param kinds one of these
 * @param direction where they go; absent: either way
 * @param clientIdentifier whose they are; absent: anybody's
 * @param topicFilter what the topic of a PUBLISH matches; absent: any topic, and none
 */
public record Packets(
        Set<Kind> kinds,
        Optional<Direction> direction,
        Optional<String> clientIdentifier,
        Optional<TopicFilter> topicFilter) {

    /** Keeps its own copy of the set. */
    public Packets {
        kinds = Set.copyOf(kinds);
    }

    /** Packets of these kinds, in either direction, of all clients. */
    public static Packets of(Kind first, Kind... more) {
        return new Packets(EnumSet.of(first, more), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** All packets. */
    public static Packets all() {
        return new Packets(EnumSet.allOf(Kind.class), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of these those from clients to the broker. */
    public Packets fromClients() {
        return new Packets(kinds, Optional.of(Direction.FROM_CLIENT), clientIdentifier, topicFilter);
    }

    /** Of these those from the broker to clients. */
    public Packets toClients() {
        return new Packets(kinds, Optional.of(Direction.TO_CLIENT), clientIdentifier, topicFilter);
    }

    /** Of these those from one client to the broker. */
    public Packets fromClient(String identifier) {
        return fromClients().ofClient(identifier);
    }

    /** Of these those from the broker to one client. */
    public Packets toClient(String identifier) {
        return toClients().ofClient(identifier);
    }

    /** Of these those of one client, in either direction. */
    public Packets ofClient(String identifier) {
        return new Packets(kinds, direction, Optional.of(identifier), topicFilter);
    }

    /**
     * Of these the PUBLISH packets whose topic matches.
     *
     * @throws IllegalArgumentException if it is no Topic Filter
     */
    public Packets onTopic(String filter) {
        return new Packets(kinds, direction, clientIdentifier, Optional.of(TopicFilter.of(filter)));
    }

    /** Whether {@code packet} is one of them. */
    public boolean include(CrossingPacket packet) {
        TopicName topic = packet.topic();
        return kinds.contains(packet.kind())
                && direction.map(packet.direction()::equals).orElse(true)
                && clientIdentifier
                        .map(identifier -> identifier.equals(packet.clientIdentifier()))
                        .orElse(true)
                && topicFilter
                        .map(filter -> topic != null && filter.matches(topic))
                        .orElse(true);
    }

    /** {@code PUBACK to bulb-1}. */
    @Override
    public String toString() {
        String what = kinds.size() == Kind.values().length ? "every packet" : String.join(" or ", names());
        String where = direction
                .map(way -> way == Direction.FROM_CLIENT ? " from " : " to ")
                .orElse(clientIdentifier.isPresent() ? " of " : "");
        return what
                + topicFilter.map(filter -> " on " + filter).orElse("")
                + where
                + clientIdentifier.orElse(where.isEmpty() ? "" : "any client");
    }

    private Iterable<String> names() {
        return kinds.stream().sorted().map(Kind::name).toList();
    }
}
