package io.alicia.mqtt.client.server;

/** A server that can die, and come back where it was. */
public interface MortalServer extends TestServer {

    /** Ends it without a goodbye to anybody, as far as that is possible. */
    void kill();

    /** Starts it again, at the same addresses and with the same settings. */
    void startAgain();
}
