package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.Connection;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all listeners of one broker share.
 *
 * @param broker who answers the connections
 * @param limit how many there may be
 * @param waiting how many may wait for room at once
 * @param connections those that speak MQTT
 * @param admissions those that are on their way there
 * @param tcpNodelay whether a segment that is not full is sent at once, on connections that come now
 * @param slow does what takes too long for an event loop
 */
record Shared(
        Broker broker,
        ConnectionLimit limit,
        ConnectionLimit waiting,
        Set<Connection> connections,
        Set<Channel> admissions,
        AtomicBoolean tcpNodelay,
        Executor slow) {}
