package io.alicia.mqtt;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;

/**
 * A family of topics with one kind of payload: what arrives is read, what is published is written. Obtained from {@link
 * AliciaMqtt#topic}. Immutable and safe for several threads; the {@code with…} methods give changed copies.
 *
 * <pre>{@code
 * record Lamp(String room, int number) {}
 *
 * TypedTopic<Lamp, String> lamps = alicia.topic(LAMPS, PayloadCodec.text());
 * lamps.messages().subscribe(lamp -> log.info("{} is {}", lamp.levels(), lamp.payload()));
 * lamps.publish(new Lamp("study", 2), "on").blockingAwait();
 * }</pre>
 *
 * <p><b>Streams.</b> A stream is subscribed at the server as long as somebody is subscribed to it here, and comes back by
 * itself after a reconnect. Retained messages come first. Each subscriber gets each message once, whatever other streams match
 * it, one after the other on a thread that may block. (Over 3.1.1, and where the server has no Subscription Identifiers, a server
 * that sends a copy for each subscription makes a message come twice while a stream that covers another's topics comes or goes, and
 * always to streams whose filters overlap without one covering the other.) A message is acknowledged to the server when every matching stream has
 * taken it, that is, when {@code onNext} has returned. Demand reaches the connection: while a stream asks for nothing its
 * messages of QoS 1 and 2 stay unacknowledged and in the end the server holds back all of this client; those of QoS 0 wait in a bounded
 * buffer and are dropped beyond it (see {@link AliciaMqtt}). A stream that may lag uses {@code onBackpressureLatest()} or the like. What cannot be read goes to {@link AliciaMqtt#decodingErrors()}, except that an empty payload where messages are
 * {@linkplain #withRetained retained} is nobody's mistake: it takes the retained message back (MQTT 5 §3.3.1.3), and a codec that has
 * no value for it brings nothing. A stream ends
 * when the client is closed, and fails with {@link SubscriptionRefusedException} if the server refuses it. A subscriber that throws
 * from {@code onNext} what RxJava takes for fatal gets nothing more, which is logged as an error.
 *
 * <p><b>Publishing.</b> Nothing is sent before somebody subscribes to the result. No call blocks. While there is no connection
 * messages wait in the client's bounded queue, and so does what is published faster than the server takes it: beyond the queue's
 * bounds the result is {@link PublishResult.Dropped}. {@code flatMapSingle(…, false, 500)} on a stream of messages has no more than
 * 500 under way, and so waits for room. Results come on a thread that may block.
 *
 * <p><b>Other styles.</b> Subscribing to what these methods give is all that the {@code CompletionStage} and the call that blocks
 * need; a failure comes as the stage's, or is thrown:
 *
 * <pre>{@code
 * record Lamp(String room, int number) {}
 *
 * TypedTopic<Lamp, String> lamps = alicia.topic(LAMPS, PayloadCodec.text());
 * CompletionStage<PublishResult> later = lamps.publishForResult(new Lamp("study", 2), "on").toCompletionStage();
 * later.thenAccept(result -> log.info("the lamp's message is {}", result.description()));
 * PublishResult now = lamps.publishForResult(new Lamp("study", 2), "off").blockingGet();
 * }</pre>
 *
 * @param <T> what a Topic Name is read as
 * @param <P> what a payload is read as
 */
public interface TypedTopic<T, P> {

    /** The Topic Names. */
    TopicTemplate<T> template();

    /** Messages of all topics of the family. */
    Flowable<Received<T, P>> messages();

    /**
     * Messages of one topic.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name
     */
    Flowable<Received<T, P>> messages(T levels);

    /**
     * Messages of all topics of the family, each acknowledged by its receiver. When the stream is disposed of, by {@code take} for
     * example, what its receiver still has is acknowledged: keep it until the work is done.
     */
    Flowable<Unacknowledged<T, P>> unacknowledgedMessages();

    /**
     * Messages of one topic, each acknowledged by its receiver or when the stream is disposed of.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name
     */
    Flowable<Unacknowledged<T, P>> unacknowledgedMessages(T levels);

    /**
     * Has {@code handler} work on the messages of all topics of the family, until disposed. It ends by itself, as its {@code
     * isDisposed()} then says, when the client is closed, and when the server refuses the subscription, which {@link
     * AliciaMqtt#handlerErrors()} tells.
     */
    Disposable onMessage(MessageHandler<T, P> handler);

    /**
     * Has {@code handler} work on the messages of one topic, until disposed; see {@link #onMessage(MessageHandler)}.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name
     */
    Disposable onMessage(T levels, MessageHandler<T, P> handler);

    /**
     * Publishes; completes when the server has taken the message by its QoS, and fails with {@link PublishFailedException}
     * whenever it has not.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name, or {@code payload} has no form on the wire
     */
    Completable publish(T levels, P payload);

    /**
     * Publishes and tells what became of the message, good or bad.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name, or {@code payload} has no form on the wire
     */
    Single<PublishResult> publishForResult(T levels, P payload);

    /**
     * Removes the retained message of one topic, if the server has one: publishes an empty payload with RETAIN [MQTT-3.3.1-6],
     * whatever {@link #withRetained} says. Those who are subscribed hear of it as the type says under <b>Streams</b>; live views
     * forget the value. Completes and fails as {@link #publish(Object, Object)} does.
     *
     * @throws IllegalArgumentException if {@code levels} cannot stand in a Topic Name
     */
    Completable removeRetained(T levels);

    /** Publishes, and subscribes, with {@code qos}. */
    TypedTopic<T, P> withQos(Qos qos);

    /** Has the server keep the last message of each topic for later subscribers, or not. */
    TypedTopic<T, P> withRetained(boolean retained);

    /**
     * Publishes messages that are worth delivering for {@code interval}, rounded up to whole seconds.
     *
     * @throws IllegalArgumentException if {@code interval} is negative
     */
    TypedTopic<T, P> withMessageExpiryInterval(Duration interval);

    /**
     * Gives each publish its result after {@code deadline} at the latest, instead of the client's default.
     *
     * @throws IllegalArgumentException if {@code deadline} is not more than zero
     */
    TypedTopic<T, P> withDeadline(Duration deadline);

    /**
     * Shares the messages with the other subscribers of {@code shareName}: each goes to one of them (MQTT 5 §4.8.2). Nothing
     * retained comes. A client may have streams of several share names, and ordinary ones, of the same messages where the server
     * has Subscription Identifiers (MQTT 5 §3.2.2.3.12). Elsewhere, and over 3.1.1, it must not: it could not tell their messages
     * apart, and each stream would get those of the others.
     *
     * @throws IllegalArgumentException if {@code shareName} is no Share Name
     */
    TypedTopic<T, P> sharedBy(String shareName);
}
