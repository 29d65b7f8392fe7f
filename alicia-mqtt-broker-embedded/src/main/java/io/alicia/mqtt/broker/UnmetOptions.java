package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.config.ConfBridge;
import io.alicia.mqtt.broker.config.MosquittoConf;
import java.util.ArrayList;
import java.util.List;

/** What a {@code mosquitto.conf} asks for that this broker cannot do; it refuses the start. */
final class UnmetOptions {

    private UnmetOptions() {}

    static void check(MosquittoConf conf) {
        List<String> refusals = new ArrayList<>();
        for (ConfBridge bridge : conf.bridges()) {
            MosquittoBridges.check(bridge, refusals);
        }
        if (!refusals.isEmpty()) {
            throw new ConfigFileException(refusals, null);
        }
    }
}
