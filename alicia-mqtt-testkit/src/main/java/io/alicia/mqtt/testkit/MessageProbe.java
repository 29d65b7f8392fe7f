package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Records every message that an account may receive, in the order of arrival, and waits for those that a test expects.
 *
 * <p>Waiting is for a condition: a message that came before counts, and a failure lists what was seen. {@link
 * #hasSeenNothingOn} needs no waiting time at all: it sends a message of its own behind whatever was sent before and looks
 * when that has come back.
 *
 * <p>Safe for several threads. The calls that wait block theirs.
 */
public final class MessageProbe implements AutoCloseable {

    /** How long the waiting calls wait unless {@link #within} says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final Recording recording;
    private final Duration timeout;

    private MessageProbe(Recording recording, Duration timeout) {
        this.recording = recording;
        this.timeout = timeout;
    }

    /**
     * A probe that is connected and subscribed to {@code filters} when this returns.
     *
     * @param server the broker's address
     * @param credentials an account that may receive what the test looks at, and for {@link #hasSeenNothingOn} publish to and
     *     receive {@code probe/#}
     * @param filters what to record
     */
    public static MessageProbe connect(ServerAddress server, Credentials credentials, TopicFilter... filters) {
        return new MessageProbe(Recording.start(server, credentials, List.of(filters), null), DEFAULT_TIMEOUT);
    }

    /** One whose fences the broker publishes, behind what its embedder published and with no account's rights asked. */
    static MessageProbe inside(
            EmbeddedBroker broker, ServerAddress server, Credentials credentials, TopicFilter... filters) {
        Consumer<ApplicationMessage> fences = fence -> {
            Decision decision = broker.policy().decide(credentials.userName(), "probe", Access.RECEIVE, fence.topic());
            if (decision.denied()) {
                throw new IllegalStateException(
                        "this probe cannot tell that nothing came, as its account may not receive"
                                + " the message that shows that all has come; await a later message that it may receive and look"
                                + " at messages(…), or give it read access to probe/#: " + decision);
            }
            broker.publish(fence);
        };
        return new MessageProbe(Recording.start(server, credentials, List.of(filters), fences), DEFAULT_TIMEOUT);
    }

    /** The same probe with another bound for the calls that wait. */
    public MessageProbe within(Duration bound) {
        return new MessageProbe(recording, bound);
    }

    /**
     * The first message whose topic matches {@code filter}, seen already or to come.
     *
     * @throws AssertionError if none comes in time; the message lists what was seen
     */
    public ApplicationMessage awaits(String filter) {
        return awaits(filter, message -> true);
    }

    /**
     * The first message whose topic matches {@code filter} and whose payload is {@code utf8Payload}.
     *
     * @throws AssertionError if none comes in time; the message lists what was seen
     */
    public ApplicationMessage awaits(String filter, String utf8Payload) {
        BinaryData expected = BinaryData.ofUtf8(utf8Payload);
        return recording.await(
                TopicFilter.of(filter),
                message -> message.payload().equals(expected),
                " with payload \"" + utf8Payload + "\"",
                timeout);
    }

    /**
     * The first message whose topic matches {@code filter} and that fulfils {@code condition}.
     *
     * @throws AssertionError if none comes in time; the message lists what was seen
     */
    public ApplicationMessage awaits(String filter, Predicate<ApplicationMessage> condition) {
        return recording.await(TopicFilter.of(filter), condition, "", timeout);
    }

    /**
     * Asserts that of all that was sent before this call nothing came on {@code filter}.
     *
     * <p>Exact for messages of QoS 1 and 2 whose publisher was told of their acceptance, and, with a probe of a {@link
     * TestBroker}, for what {@link EmbeddedBroker#publish} took before. Nobody is told when the broker has a client's message
     * of QoS 0, so that one may still be on its way: it is there once the broker has acknowledged a later one of QoS 1 of the
     * same client.
     *
     * @throws AssertionError if something came; the message lists it
     * @throws IllegalStateException if the probe's account may not receive {@code probe/#}, where the message comes back that
     *     shows that all has come, or, for one of {@link #connect}, not publish to it; {@code alicia} is the standard account
     *     that may, another awaits a later message and looks at {@link #messages}
     */
    public void hasSeenNothingOn(String filter) {
        recording.catchUp(timeout);
        List<ApplicationMessage> seen = messages(filter);
        if (!seen.isEmpty()) {
            throw new AssertionError("expected no message on " + filter + ", but there came" + Recording.listed(seen));
        }
    }

    /** What was seen so far on {@code filter}, in the order of arrival. */
    public List<ApplicationMessage> messages(String filter) {
        TopicFilter wanted = TopicFilter.of(filter);
        return recording.seen().stream()
                .filter(message -> wanted.matches(message.topic()))
                .toList();
    }

    /** Forgets what was seen. */
    public void clear() {
        recording.clear();
    }

    /** Disconnects and ends the probe's threads; what was recorded can still be read. */
    @Override
    public void close() {
        recording.close();
    }
}
