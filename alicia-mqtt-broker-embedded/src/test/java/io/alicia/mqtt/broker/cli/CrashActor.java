package io.alicia.mqtt.broker.cli;

import java.util.random.RandomGenerator;

/** A client that does one thing at a time, on the thread of the test. */
interface CrashActor {

    /** The broker was started anew: there is no connection. */
    void begin();

    /** Does one thing, and takes what has come. */
    void step(RandomGenerator random);

    /** Whether it is connected and waits for nothing. */
    boolean isIdle();
}
