package io.alicia.mqtt;

import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.homeassistant.live.HomeAssistant;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/**
 * A house's MQTT in its own words. Obtained from {@code io.alicia.mqtt.client.AliciaMqttClient}; safe for several threads.
 *
 * <pre>{@code
 * alicia.sensors().readings("living_room")
 *       .filter(reading -> reading.temperatureCelsius().orElse(0) > 26)
 *       .subscribe(reading -> log.info("warm: {}", reading));
 *
 * alicia.devices().light("kitchen").turnOn(Brightness.percent(75))
 *       .timeout(2, SECONDS)
 *       .blockingGet();
 * }</pre>
 *
 * <p><b>Threads.</b> Streams, results and handlers come on threads of the client's that may block; each stream has its own
 * turn. Nothing here blocks its caller but {@link #close()}. There are as many of these threads as are at work at the same time, one
 * for each stream or handler that blocks; where the machine gives no more of them, what is to be done waits until one is free.
 *
 * <p><b>What is slow.</b> A stream or handler that takes its time delays the others only after a while, but then it does. Messages
 * of QoS 1 and 2 are acknowledged in the order in which they came [MQTT-4.6.0-2], whoever handles them: behind the oldest that is
 * not acknowledged the server sends as many more as the client's Receive Maximum allows (4,096 by default; over 3.1.1 as many as
 * the server allows, 20 in Mosquitto) and then none to any stream, until that one is acknowledged. Messages of QoS 0,
 * which MQTT has nothing to hold back with, go on until as many wait as the client's stream buffer holds (1,024 by default, all streams
 * together); what comes while it is full is dropped for the streams that are behind, logged as a warning and counted ({@code
 * alicia.mqtt.client.received.dropped}). A stream that has taken all that came gets the next one in any case. How many wait, of any
 * QoS, is the meter {@code alicia.mqtt.client.received.waiting}.
 *
 * <p>Everything is RxJava 3. Its {@code toCompletionStage()} and {@code blocking…} methods give the other two styles, safe on
 * virtual threads.
 */
public interface AliciaMqtt extends AutoCloseable {

    /** What sensors measure. */
    Sensors sensors();

    /** What devices do and are told to do. */
    Devices devices();

    /** What is spoken. */
    Voice voice();

    /** Commands to whatever has a name in the house. */
    Commands commands();

    /** Which services there are, and how they fare. */
    Services services();

    /** Home Assistant: devices are announced to it, and what others announce to it can be seen. */
    HomeAssistant homeAssistant();

    /** Topics and payloads of your own, published with QoS 1, not retained. */
    <T, P> TypedTopic<T, P> topic(TopicTemplate<T> template, PayloadCodec<P> codec);

    /** One kind of the house's messages, with its QoS and RETAIN flag; {@link io.alicia.mqtt.codec.AliciaMessages} has them. */
    <T, P> TypedTopic<T, P> topic(AliciaMessage<T, P> message);

    /**
     * What streams could not read: payloads, and topics with a level of a type of your own that is none. And what names one
     * device in its topic and another in its payload. Never holds a stream up: a subscriber that lags loses the oldest beyond
     * 256. Completes when the client is closed.
     */
    Flowable<DecodingError> decodingErrors();

    /**
     * Which handlers failed at which message, and which get none any more, since the server refused their subscription; like {@link
     * #decodingErrors()} in all else.
     */
    Flowable<HandlerError> handlerErrors();

    /** Where the client stands with its server, now. */
    ConnectionState connectionState();

    /**
     * Where the client stands with its server, now and at each change; a subscriber that lags loses the oldest beyond 256.
     * Completes after {@link ConnectionState.Closed}.
     */
    Flowable<ConnectionState> connectionStates();

    /**
     * Completes when the server has the subscriptions of all streams that are subscribed to at this moment: what is published
     * from then on reaches them. Fails if it refuses one, and with {@link IllegalStateException} if the client is closed.
     */
    Completable subscribed();

    /**
     * Ends it: completes all streams, fails commands that wait for their answers with {@link IllegalStateException}, lets handlers
     * finish the message that they are at and answer it, sends what was published, says goodbye to the server, and ends all threads.
     * No handler begins with a further message; one that no stream has taken stays unacknowledged. All that together has the
     * client's close deadline; a handler or supplier that is at work after it is interrupted, and one that takes no notice of that
     * keeps its thread, a daemon, until it ends. Begins at the call, whether anybody subscribes or not, and completes when that is
     * done; a second call waits for the same.
     */
    Completable closeAsync();

    /**
     * {@link #closeAsync()}, waiting for it. Blocks; from within a handler use {@link #closeAsync()}, or the one waits for the other
     * until the close deadline.
     */
    @Override
    void close();
}
