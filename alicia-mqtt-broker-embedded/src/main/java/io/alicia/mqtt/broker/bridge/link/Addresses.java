package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.List;

/** Which of a bridge's addresses is its turn. */
final class Addresses {

    private final List<ServerAddress> all;
    private int current;

    Addresses(List<ServerAddress> all) {
        this.all = List.copyOf(all);
    }

    ServerAddress current() {
        return all.get(current);
    }

    ServerAddress main() {
        return all.get(0);
    }

    boolean isMain() {
        return current == 0;
    }

    /** After a failure: the next one, after the last the first. */
    void next() {
        current = (current + 1) % all.size();
    }

    void backToMain() {
        current = 0;
    }
}
