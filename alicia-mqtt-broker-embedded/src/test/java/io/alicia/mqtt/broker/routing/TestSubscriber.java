package io.alicia.mqtt.broker.routing;

/** A subscriber whose state the test sets. */
final class TestSubscriber implements Subscriber {

    final String name;
    boolean connected = true;
    boolean ready = true;

    TestSubscriber(String name) {
        this.name = name;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public String toString() {
        return name;
    }
}
