package io.alicia.mqtt.client;

import io.alicia.mqtt.AliciaMqtt;
import io.reactivex.rxjava3.core.Completable;

/**
 * A house's MQTT over a connection of its own, which comes back by itself. Safe for several threads; {@link AliciaMqtt} says which
 * ones call back.
 *
 * <pre>{@code
 * try (AliciaMqtt alicia = AliciaMqttClient.builder()
 *         .server("mqtt://localhost")
 *         .account("mobile_app", secret)
 *         .connect()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Streams can be subscribed to before connecting, and should be where the session is kept ({@link
 * AliciaMqttClientBuilder#sessionExpiryInterval}): the server then delivers what it has kept as soon as it is connected to, and
 * what no stream wants is gone.
 *
 * <pre>{@code
 * AliciaMqttClient alicia = AliciaMqttClient.builder()
 *         .server("mqtt://localhost")
 *         .clientIdentifier("thermostat")
 *         .sessionExpiryInterval(Duration.ofDays(1))
 *         .build();
 * alicia.sensors().readings().subscribe(reading -> log.info("{}", reading));
 * alicia.connect();
 * }</pre>
 *
 * <p>When the connection is lost the client connects again, waiting longer each time (see {@link Backoff}); after a failure
 * that waiting alone does not heal, such as wrong credentials, it waits longest at once, and longer still with each further one.
 * Of several servers each that refuses is left alone for a wait of its own, whatever the others answer. Streams go on and messages
 * to publish wait in a bounded queue meanwhile.
 *
 * <p><b>Threads</b> are daemons and end with the client: when {@link #close} returns none of them has anything left to do, and none
 * of Netty's, so that a process whose last deed that is ends then.
 *
 * <p><b>Logging.</b> SLF4J. In the logging context of its threads {@code mqtt.client} is the Client Identifier, and {@code
 * mqtt.topic} the Topic Name while a subscriber or handler works on a message. Neither payloads nor passwords are logged.
 */
public interface AliciaMqttClient extends AliciaMqtt {

    /** All defaults; a server is required. */
    static AliciaMqttClientBuilder builder() {
        return new AliciaMqttClientBuilder();
    }

    /**
     * Connects, waiting for it. Tries each server once. Where the client was {@linkplain #start() started} before, it is that
     * which goes on, and this waits until there is the first connection, however long that takes.
     *
     * @throws io.alicia.mqtt.connection.ConnectFailedException if there is no connection; the client is closed then
     * @throws IllegalStateException if the client is closed
     */
    void connect();

    /** {@link #connect()} without waiting: begins when somebody subscribes. Fails with {@link IllegalStateException} once closed. */
    Completable connectAsync();

    /** Begins to connect and keeps trying until there is a connection; {@link #connectionStates()} tells how it goes. */
    void start();
}
