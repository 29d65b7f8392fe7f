package io.alicia.mqtt.broker.bridge;

/**
 * How TCP looks whether the other end of a silent connection is still there.
 *
 * @param idleSeconds after how long a silence it begins
 * @param intervalSeconds how long it waits for an answer before it asks again
 * @param count how often it asks before it gives the connection up
 */
public record KeepAliveProbes(int idleSeconds, int intervalSeconds, int count) {}
