package io.alicia.mqtt.testkit;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.StandardPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The clients and the probe that a test was given, or a class in its own life-cycle methods; they are closed with it, also
 * where the broker goes on. Safe for several threads.
 */
final class GivenParameters implements AutoCloseable {

    private final TestBroker broker;
    private final boolean ownBroker;
    private final List<AutoCloseable> given = new ArrayList<>();
    private @Nullable MessageProbe probe;

    /**
     * Nothing yet.
     *
     * @param ownBroker whether the broker ends with the test as well
     */
    GivenParameters(TestBroker broker, boolean ownBroker) {
        this.broker = broker;
        this.ownBroker = ownBroker;
    }

    /** A new client. */
    AliciaMqtt client(String account) {
        Set<String> accounts = broker.policy().accounts();
        if (!accounts.contains(account)) {
            throw new ExtensionConfigurationException(
                    "@As(\"" + account + "\"): the policy has no such account, expected one of " + accounts);
        }
        return remembered(broker.connect(account));
    }

    /** The test's probe, always the same one: what a test before it has seen is not in it. */
    synchronized MessageProbe probe() {
        if (probe == null) {
            Set<String> accounts = broker.policy().accounts();
            if (!accounts.contains(StandardPolicy.ALICIA)) {
                throw new ExtensionConfigurationException("a MessageProbe as parameter looks with the account \""
                        + StandardPolicy.ALICIA + "\", which the policy does not have: take a TestBroker and write"
                        + " broker.probeAs(account, filters) with one of " + accounts);
            }
            probe = ownBroker ? broker.probe() : remembered(broker.probeAs(StandardPolicy.ALICIA, "#"));
        }
        return probe;
    }

    private synchronized <T extends AutoCloseable> T remembered(T one) {
        given.add(one);
        return one;
    }

    @Override
    public void close() {
        List<AutoCloseable> all;
        synchronized (this) {
            all = List.copyOf(given);
            given.clear();
        }
        broker.release(all);
    }
}
