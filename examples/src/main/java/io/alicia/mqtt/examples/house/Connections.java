package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.client.Presence;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives everyone in the house a connection of their own, as their account, and closes them all at the same time. */
final class Connections implements AutoCloseable {

    /** A server that does not answer any more is not to hold up who pressed Ctrl-C. */
    private static final Duration CLOSE_DEADLINE = Duration.ofMillis(500);

    private final String server;
    private final HousePasswords passwords;
    private final Closing closing;
    private final String suffix;
    private final List<AliciaMqtt> all = new CopyOnWriteArrayList<>();

    /**
     * @param suffix of every Client Identifier: on a server that others use as well, two clients with the same would
     *     throw each other out (MQTT 5 §3.1.4)
     */
    Connections(String server, HousePasswords passwords, Closing closing, String suffix) {
        this.suffix = suffix;
        this.server = server;
        this.passwords = passwords;
        this.closing = closing;
    }

    /** Connects and waits for it. */
    AliciaMqtt connect(String account, String clientIdentifier) throws HouseClosesException {
        return closing.orWaitFor(connecting(account, clientIdentifier));
    }

    /** The account with which {@code device} logs in. */
    String accountOf(String device) {
        return passwords.accountOf(device);
    }

    /** Connects a sensor as its own account. */
    AliciaMqtt connectSensor(String deviceId) throws HouseClosesException {
        return connect(accountOf(deviceId), deviceId);
    }

    /**
     * Connects a device as its own account: the house hears that it is there, and from the server when it goes without a
     * goodbye.
     */
    AliciaMqtt connectDevice(String deviceId) throws HouseClosesException {
        return closing.orWaitFor(
                connecting(builder(accountOf(deviceId), deviceId).presence(Presence.ofDevice(deviceId))));
    }

    /** Connects when somebody subscribes. */
    Single<AliciaMqtt> connecting(String account, String clientIdentifier) {
        return connecting(builder(account, clientIdentifier));
    }

    /** Who has it announces the house to Home Assistant: what is in it need not know of that. */
    Single<AliciaMqtt> connectingAnnouncer(String account, String clientIdentifier) {
        return connecting(builder(account, clientIdentifier).announceHouse());
    }

    private Single<AliciaMqtt> connecting(AliciaMqttClientBuilder builder) {
        return Single.defer(() -> {
            AliciaMqttClient client = builder.build();
            all.add(client);
            return client.connectAsync().toSingleDefault(client);
        });
    }

    private AliciaMqttClientBuilder builder(String account, String clientIdentifier) {
        return AliciaMqttClient.builder()
                .server(server)
                .account(account, passwords.of(account))
                .clientIdentifier(clientIdentifier + suffix)
                .closeDeadline(CLOSE_DEADLINE);
    }

    @Override
    public void close() {
        Completable.mergeDelayError(all.stream().map(AliciaMqtt::closeAsync).toList())
                .blockingAwait();
    }
}
