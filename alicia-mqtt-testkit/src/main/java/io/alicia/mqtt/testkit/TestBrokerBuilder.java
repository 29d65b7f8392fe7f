package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.testkit.fault.Faults;
import io.alicia.mqtt.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TestBroker}. Not safe for several threads. */
public final class TestBrokerBuilder {

    private AccessPolicy policy = new StandardTestPolicy().policy();
    private Consumer<BrokerConfig.Builder> change = config -> {};
    private @Nullable VirtualTime time;

    TestBrokerBuilder() {}

    /** What the accounts may do; each that it names gets a password. Default: the standard policy of the house. */
    public TestBrokerBuilder policy(AccessPolicy given) {
        policy = given;
        return this;
    }

    /** Sets options of the broker: {@code configure(config -> config.maxQueuedMessages(10))}. */
    public TestBrokerBuilder configure(Consumer<BrokerConfig.Builder> given) {
        change = change.andThen(given);
        return this;
    }

    /** Time that the test moves, for the broker, the clients that it gives out and what its faults hold up. */
    public TestBrokerBuilder time(VirtualTime given) {
        time = given;
        return this;
    }

    /** Starts it; all its listeners take connections when this returns. */
    public TestBroker start() {
        Map<String, String> passwords = new LinkedHashMap<>();
        List<Account> accounts = new ArrayList<>();
        for (String name : policy.accounts()) {
            String password = UUID.randomUUID().toString();
            passwords.put(name, password);
            accounts.add(Account.of(name, PasswordHash.plain(password)));
        }
        Faults faults = time == null ? new Faults() : new Faults(time);
        EmbeddedBrokerBuilder builder = EmbeddedBroker.builder()
                .configure(change)
                .inProcess()
                .tcp(0)
                .webSocket(0)
                .accounts(accounts)
                .access(policy)
                .packetGate(faults);
        if (time != null) {
            builder.time(time, time);
        }
        return new TestBroker(builder.start(), passwords, faults, time);
    }
}
