package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.style.ValueStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a broker behaves: Mosquitto's options under their names, with Mosquitto's defaults where those are bounded and
 * closed, and a stricter one where they are not.
 *
 * <pre>{@code
 * BrokerConfig config = BrokerConfig.builder()
 *         .addListeners(ListenerConfig.tcp(1883))
 *         .maxQueuedMessages(200)
 *         .build();
 * }</pre>
 *
 * <p>Immutable. A value out of range is refused by {@code build()} with an {@link IllegalStateException} that names the
 * option.
 */
@Value.Immutable
@ValueStyle
public abstract class BrokerConfig {

    /** The largest packet that MQTT can say the length of, in bytes (MQTT 5 §1.5.5). */
    static final int LARGEST_PACKET = 268_435_460;

    BrokerConfig() {}

    /** {@return a builder with the defaults and no listener} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return what a {@code mosquitto.conf} says, with the password and ACL files that it names}
     *
     * <p>Read once: a file that changes later has no effect on the value. Relative paths in it are relative to the
     * working directory, as they are for Mosquitto.
     *
     * @param file the file; its {@code include_dir}s are read as well
     * @throws ConfigFileException if Mosquitto would not start with it, or it asks for what this broker does not have
     * @throws io.alicia.mqtt.access.AccessFileException if a password or ACL file cannot be used
     */
    public static BrokerConfig fromMosquitto(Path file) {
        return MosquittoConfigs.read(file);
    }

    /**
     * {@return what Mosquitto does without a file: only clients on this machine may connect, to port 1883, and they need
     * no account}
     */
    public static BrokerConfig mosquittoDefaults() {
        return MosquittoConfigs.withoutFile();
    }

    /** {@return where clients connect, in the order of start} */
    public abstract List<ListenerConfig> listeners();

    /** {@return the bridges to other brokers; default none} */
    public abstract List<BridgeConfig> bridges();

    /**
     * {@return the bridges that could not be made of what a {@code mosquitto.conf} says, such as those whose
     * {@code bridge_cafile} cannot be read: their names, each with the reason; default none}
     *
     * <p>A broker logs them and starts without them, as Mosquitto does. A reload leaves those as they are that run.
     */
    public abstract Map<String, String> unusableBridges();

    /** {@return who may connect and what they may do; default nobody} */
    @Value.Default
    public SecurityConfig security() {
        return SecurityConfig.builder().build();
    }

    /** {@return whether a client may connect without a Client Identifier and is given one; default true} */
    @Value.Default
    public boolean allowZeroLengthClientid() {
        return true;
    }

    /** {@return what a Client Identifier that the broker assigns begins with; default {@code auto-}} */
    @Value.Default
    public String autoIdPrefix() {
        return "auto-";
    }

    /** {@return what every Client Identifier has to begin with, else 0x87 Not Authorized; default nothing} */
    @Value.Default
    public String clientidPrefixes() {
        return "";
    }

    /**
     * {@return whether what is to be sent is sent at once, and not held back to fill a segment; default true}
     *
     * <p>All that is due in one pass of an event loop goes out together anyway, so that holding back only costs time.
     */
    @Value.Default
    public boolean tcpNodelay() {
        return true;
    }

    /**
     * {@return whether a client gets one copy of a message for each of its subscriptions that match; default false}
     *
     * <p>False merges them into one copy with the highest QoS and all Subscription Identifiers; both are allowed
     * (MQTT 5 §3.3.4). Mosquitto 2.0 behaves as if it were true.
     */
    @Value.Default
    public boolean allowDuplicateMessages() {
        return false;
    }

    /** {@return whether the publisher of a retained message must still be allowed to publish it; default true} */
    @Value.Default
    public boolean checkRetainSource() {
        return true;
    }

    /**
     * {@return how many QoS 1 and 2 messages may be on their way to a client that sends no Receive Maximum of its own, and
     * from a client, 0 to 65535; default 20, 0 for no limit}
     */
    @Value.Default
    public int maxInflightMessages() {
        return 20;
    }

    /** {@return how many bytes of QoS 1 and 2 messages may be on their way to a client; default 0, no limit} */
    @Value.Default
    public long maxInflightBytes() {
        return 0;
    }

    /** {@return how many messages may wait for a client besides those on their way; default 1000, 0 for no limit} */
    @Value.Default
    public int maxQueuedMessages() {
        return 1000;
    }

    /** {@return how many bytes of messages may wait for a client; default 0, no limit} */
    @Value.Default
    public long maxQueuedBytes() {
        return 0;
    }

    /**
     * {@return the largest packet that a client may send, in bytes, at least 20; default 2,000,000, and never more than
     * {@link #maxIncomingBytes}}
     */
    @Value.Default
    public int maxPacketSize() {
        return 2_000_000;
    }

    /** {@return the largest payload that a client may publish, in bytes; default 0, no limit but the packet's} */
    @Value.Default
    public int messageSizeLimit() {
        return 0;
    }

    /**
     * {@return the longest Keep Alive of a client in seconds, 0 to 65535; default 0, no limit}
     *
     * <p>An MQTT 5 client that wants a longer one, or none at all, is given this as Server Keep Alive. Older clients can't
     * be told and are refused with 2, identifier rejected, as Mosquitto does.
     */
    @Value.Default
    public int maxKeepalive() {
        return 0;
    }

    /** {@return after what time without its client a session is dropped at the latest; default never} */
    public abstract Optional<Duration> persistentClientExpiration();

    /**
     * {@return where retained messages, sessions and queued messages outlive the broker; default they do not, and nothing
     * is written anywhere}
     */
    public abstract Optional<PersistenceConfig> persistence();

    /**
     * {@return how often expired retained messages are removed that nobody subscribes to; default never}
     *
     * <p>An expired message is not delivered in any case; this frees its memory.
     */
    public abstract Optional<Duration> retainExpiryInterval();

    /** {@return whether QoS 0 messages wait for a client that is away; default false} */
    @Value.Default
    public boolean queueQos0Messages() {
        return false;
    }

    /** {@return whether messages may be retained; default true} */
    @Value.Default
    public boolean retainAvailable() {
        return true;
    }

    /** {@return whether a message is sent with its subscription's QoS even if published with a lower one; default false} */
    @Value.Default
    public boolean upgradeOutgoingQos() {
        return false;
    }

    /** {@return how many clients may be connected at once, all listeners together; default -1, no limit} */
    @Value.Default
    public int globalMaxConnections() {
        return -1;
    }

    /**
     * {@return how many clients the broker may know at once, those that are away and have a session among them; default
     * -1, no limit}
     */
    @Value.Default
    public int globalMaxClients() {
        return -1;
    }

    /**
     * {@return how many CONNECT packets an address may send in a second, 0 for no limit; default 0}
     *
     * <p>Who exceeds it is answered with 0x9F Connection rate exceeded (3.1.1: 3, server unavailable) and closed.
     */
    @Value.Default
    public int maxConnectsPerSecond() {
        return 0;
    }

    /**
     * {@return how often an address may fail to log in to one account, or five times as often to any, before it has to
     * wait; default 10, 0 for no limit}
     *
     * <p>A password of {@link SecurityConfig#accounts()} that was wrong before counts once. Each failure counts over SCRAM,
     * which does not show whether it was the same password, and with an authenticator of your own.
     */
    @Value.Default
    public int maxFailedLogIns() {
        return 10;
    }

    /** {@return how long it has to wait then, counted from its last failure; default 30 s} */
    @Value.Default
    public Duration failedLogInPause() {
        return Duration.ofSeconds(30);
    }

    /** {@return how many topics may have a retained message; default 1,000,000} */
    @Value.Default
    public int maxRetainedMessages() {
        return 1_000_000;
    }

    /**
     * {@return how many bytes of memory retained messages may take together, about what they have in payload, topic,
     * properties and names of the publisher, 192 a level of the topic and half a kilobyte more each; default a quarter of
     * the heap}
     */
    @Value.Default
    public long maxRetainedBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /**
     * {@return how many bytes of memory all sessions together may take, with messages that wait for a client, its
     * acknowledgement or its release, subscriptions, wills and topics with aliases; default half of the memory that Java
     * may use}
     *
     * <p>Each session has limits of its own ({@link #maxQueuedMessages}, {@link #maxQueuedBytes}), but a client can make
     * any number of sessions. A message that does not fit is dropped as from a queue that is full, and counts once for
     * each session that holds it; one of QoS 2 is not taken from its publisher (0x97; one of 3.1.1, which cannot be told, is
     * closed and keeps it). A subscription is refused (0x97), and so is a client whose session would be new and stay, or that
     * comes with a large will or Client Identifier (0x97; 3.1.1: 3). Who sets a topic alias is closed (0x97), and the broker
     * sets none. An eighth of it is what may be between event loops before publishers have to wait.
     */
    @Value.Default
    public long maxHeldBytes() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /**
     * {@return how many bytes all packets of more than 16 KiB may have together that are being received; default an eighth
     * of the memory that Java may use}
     *
     * <p>A client that sends one beyond it is not read until others have arrived. One that takes more than 30 s for it while
     * others wait is closed (0x97). No packet may be larger than this, whatever {@link #maxPacketSize} says; that is what an
     * MQTT 5 client is told.
     */
    @Value.Default
    public long maxIncomingBytes() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    /**
     * {@return how many bytes may wait in the output of all connections together for clients that do not read; default a
     * quarter of the memory that Java may use}
     *
     * <p>Beyond it a connection with more than 64 KiB is as one that has {@link #maxPendingOutputBytes}, until it has less.
     */
    @Value.Default
    public long maxOutgoingBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /**
     * {@return how often the {@code $SYS} topics are published, in whole seconds; default zero, never}
     *
     * <p>A {@code mosquitto.conf} that does not say otherwise has 10 s.
     */
    @Value.Default
    public Duration sysInterval() {
        return Duration.ZERO;
    }

    /** {@return how long a connection may take until its CONNECT is complete; default 10 s} */
    @Value.Default
    public Duration connectTimeout() {
        return Duration.ofSeconds(10);
    }

    /** {@return how many levels a Topic Name or Topic Filter may have; default 201: 200 separators, as in Mosquitto} */
    @Value.Default
    public int maxTopicLevels() {
        return 201;
    }

    /** {@return how many subscriptions a session may hold; default 10,000} */
    @Value.Default
    public int maxSubscriptionsPerSession() {
        return 10_000;
    }

    /**
     * {@return how many bytes may wait in a connection's output before QoS 0 messages to it are dropped, other messages
     * wait and nothing more is read from its client; default 4 MiB} When half of that is left, all go on.
     */
    @Value.Default
    public int maxPendingOutputBytes() {
        return 4 << 20;
    }

    /**
     * {@return how many event loops serve the connections, at least 1; default half of the processors, at most 8}
     *
     * <p>A message between clients of two loops is handed from thread to thread, which costs more than the rest of its
     * way; and whoever sends and receives on the same machine needs processors, too.
     */
    @Value.Default
    public int workerThreads() {
        return Math.min(8, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    @Value.Check
    void check() {
        ConfigCheck.that(
                bridges().stream().map(BridgeConfig::name).distinct().count()
                        == bridges().size(),
                "two bridges have the same name");
        ConfigCheck.that(
                bridges().stream().map(BridgeConfig::localClientid).distinct().count()
                        == bridges().size(),
                "two bridges have the same localClientid");
        ConfigCheck.range("maxInflightMessages", maxInflightMessages(), 0, 65_535);
        ConfigCheck.range("maxInflightBytes", maxInflightBytes(), 0, Long.MAX_VALUE);
        ConfigCheck.range("maxQueuedMessages", maxQueuedMessages(), 0, Integer.MAX_VALUE);
        ConfigCheck.range("maxQueuedBytes", maxQueuedBytes(), 0, Long.MAX_VALUE);
        ConfigCheck.range("maxPacketSize", maxPacketSize(), 20, LARGEST_PACKET);
        ConfigCheck.range("messageSizeLimit", messageSizeLimit(), 0, 268_435_455);
        ConfigCheck.range("maxKeepalive", maxKeepalive(), 0, 65_535);
        ConfigCheck.range("globalMaxConnections", globalMaxConnections(), -1, Integer.MAX_VALUE);
        ConfigCheck.range("globalMaxClients", globalMaxClients(), -1, Integer.MAX_VALUE);
        ConfigCheck.range("maxConnectsPerSecond", maxConnectsPerSecond(), 0, Integer.MAX_VALUE);
        ConfigCheck.range("maxFailedLogIns", maxFailedLogIns(), 0, 1_000_000);
        ConfigCheck.range("maxRetainedMessages", maxRetainedMessages(), 0, Integer.MAX_VALUE);
        ConfigCheck.range("maxRetainedBytes", maxRetainedBytes(), 0, Long.MAX_VALUE);
        ConfigCheck.range("maxHeldBytes", maxHeldBytes(), 0, Long.MAX_VALUE);
        ConfigCheck.range("maxIncomingBytes", maxIncomingBytes(), 20, Long.MAX_VALUE);
        ConfigCheck.range("maxOutgoingBytes", maxOutgoingBytes(), 0, Long.MAX_VALUE);
        ConfigCheck.that(
                failedLogInPause().compareTo(Duration.ZERO) > 0,
                "failedLogInPause is " + failedLogInPause() + ", expected more than zero");
        ConfigCheck.that(
                !sysInterval().isNegative() && sysInterval().toNanosPart() == 0,
                "sysInterval is " + sysInterval() + ", expected whole seconds");
        ConfigCheck.range("maxTopicLevels", maxTopicLevels(), 1, 65_536);
        ConfigCheck.range("maxSubscriptionsPerSession", maxSubscriptionsPerSession(), 1, Integer.MAX_VALUE);
        ConfigCheck.range("maxPendingOutputBytes", maxPendingOutputBytes(), 1, Integer.MAX_VALUE);
        ConfigCheck.range("workerThreads", workerThreads(), 1, 1024);
        ConfigCheck.that(
                connectTimeout().compareTo(Duration.ZERO) > 0,
                "connectTimeout is " + connectTimeout() + ", expected more than zero");
        ConfigCheck.that(
                persistentClientExpiration()
                        .map(d -> d.compareTo(Duration.ZERO) > 0)
                        .orElse(true),
                "persistentClientExpiration is " + persistentClientExpiration() + ", expected more than zero");
        ConfigCheck.that(
                retainExpiryInterval().map(d -> d.compareTo(Duration.ZERO) > 0).orElse(true),
                "retainExpiryInterval is " + retainExpiryInterval() + ", expected more than zero");
    }

    /** Makes a {@link BrokerConfig}; not thread-safe. */
    public static final class Builder extends ImmutableBrokerConfig.Builder {
        Builder() {}
    }
}
