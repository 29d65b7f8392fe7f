package io.alicia.mqtt.benchmarks;

import java.util.concurrent.CountDownLatch;

/** A way to get messages from one client to another, QoS 1. */
interface Contestant extends AutoCloseable {

    /** What it is, for the table. */
    String name();

    /** Publishes so many messages, as many at a time as may be in flight; {@code arrived} counts each that arrives. */
    void publish(int messages, CountDownLatch arrived);

    @Override
    void close();
}
