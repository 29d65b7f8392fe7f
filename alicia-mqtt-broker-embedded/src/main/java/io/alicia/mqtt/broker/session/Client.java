package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Delivery;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketType;
import io.alicia.mqtt.broker.protocol.Pingresp;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A connected client: what its packets mean between CONNACK and the end of the connection, and the {@link Wire} of its
 * session. Belongs to the session's event loop.
 */
final class Client implements PacketReceiver, SessionClient {

    /** Into as many parts the time is divided that a client may be silent; it is looked at before the last one. */
    private static final int LOOKS = 4;

    /** Which part of such a part a client has to be heard that was not read at the end, but at the look before it. */
    private static final int LAST_LOOK = 4;

    private final Broker broker;
    private final Connection connection;
    private final ListenerSettings listener;
    private final Session session;
    private final ClientInfo info;
    private final ClientAccess access;
    private final @Nullable String authenticationMethod;
    private final OptionalInt receiveMaximum;
    private final PacketTrace trace;
    private final PublishReceiver publishes;
    private final SubscriptionReceiver subscriptions;
    private final OutgoingAliases aliases;
    private final Reauthentication reauthentication;
    private final long keepAliveMillis;
    private boolean lookedWhilePaused;
    private Runnable stopKeepAlive = () -> {};
    /** Whether the will is to be published if the connection ends now. */
    private boolean willIsDue = true;

    private boolean welcome;

    Client(
            Broker broker,
            Connection connection,
            ListenerSettings listener,
            SessionSettings settings,
            Session session,
            ClientAccess access,
            ClientInfo info,
            Connect connect) {
        this.broker = broker;
        this.connection = connection;
        this.listener = listener;
        this.session = session;
        this.info = info;
        this.access = access;
        // Nothing else of CONNECT is kept as long as the connection: it may be large.
        ConnectProperties wishes = connect.properties();
        Integer wished = wishes.receiveMaximum();
        this.receiveMaximum = wished == null ? OptionalInt.empty() : OptionalInt.of(wished);
        this.authenticationMethod = wishes.authenticationMethod();
        this.trace = new PacketTrace(broker.events(), info.clientIdentifier());
        this.publishes = new PublishReceiver(broker, this, listener, settings.maxInflightMessages(), session, access);
        this.subscriptions = new SubscriptionReceiver(broker, this, listener, session, access, connect.bridge());
        this.aliases = new OutgoingAliases(
                Math.min(wishes.topicAliasMaximum(), listener.maxTopicAliasBroker()), broker.budget());
        this.reauthentication = new Reauthentication(this, listener.security(), broker, authenticationMethod);
        this.keepAliveMillis = keepAliveSeconds(connect, settings) * 1500L;
    }

    /** The Keep Alive that holds: the client's, or the server's maximum for an MQTT 5 client, which can be told. */
    static int keepAliveSeconds(Connect connect, SessionSettings settings) {
        return isAboveMaximum(connect, settings) ? settings.maxKeepalive() : connect.keepAliveSeconds();
    }

    /** Whether a client wants a longer Keep Alive than it may have; 0, for ever, is the longest. */
    static boolean isAboveMaximum(Connect connect, SessionSettings settings) {
        int maximum = settings.maxKeepalive();
        int wanted = connect.keepAliveSeconds();
        return maximum > 0 && (wanted == 0 || wanted > maximum);
    }

    /** CONNACK is written, to a client with this will. */
    void begin(Connack connack, @Nullable Will will) {
        welcome = true;
        broker.counters().clientsConnected().increment();
        broker.events().tell(listening -> listening.connected(info));
        if (broker.events().listensToPackets()) {
            trace.will(will);
        }
        Peer.Tls tls = connection.peer().tls();
        if (tls != null) {
            broker.events().tell(listening -> listening.secured(info, tls.protocol(), tls.cipherSuite()));
        }
        if (broker.events().listensToPackets()) {
            trace.sending(connack, info.version());
        }
        scheduleKeepAlive(keepAliveMillis - keepAliveMillis / LOOKS);
    }

    private void scheduleKeepAlive(long delayMillis) {
        if (keepAliveMillis > 0) {
            stopKeepAlive =
                    broker.timers().schedule(connection.loop(), Duration.ofMillis(delayMillis), this::checkKeepAlive);
        }
    }

    private void checkKeepAlive() {
        long silentMillis = broker.clock().millis() - connection.lastSignOfLifeMillis();
        if (connection.isClosed()) {
            return;
        }
        // Of a connection that is not read, signs are seen only when looked for, and known at the next look.
        boolean paused = connection.isPaused();
        long leftMillis = keepAliveMillis - silentMillis;
        long lookMillis = keepAliveMillis / LOOKS;
        if (leftMillis <= 0 && (!paused || lookedWhilePaused)) {
            close(ReasonCode.KEEP_ALIVE_TIMEOUT, "nothing was heard for " + silentMillis + " ms");
        } else if (leftMillis > lookMillis) {
            scheduleKeepAlive(leftMillis - lookMillis);
        } else {
            scheduleKeepAlive(leftMillis > 0 ? leftMillis : lookMillis / LAST_LOOK);
        }
        lookedWhilePaused = paused;
    }

    /** If the store lags behind, whoever adds to what it has to write waits. */
    void waitForStore() {
        if (broker.journal().isOn() && broker.store().isBehind()) {
            connection.pause(Pause.STORE);
            broker.store().whenNotBehind(() -> session.home().execute(() -> connection.resume(Pause.STORE)));
        }
    }

    PacketTrace trace() {
        return trace;
    }

    ClientInfo info() {
        return info;
    }

    @Override
    public String listener() {
        return info.listener();
    }

    ClientAccess access() {
        return access;
    }

    MqttVersion version() {
        return info.version();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void receive(Packet packet) {
        if (packet.type() != PacketType.PUBLISH && broker.events().listensToPackets()) {
            trace.received(packet);
        }
        switch (packet.type()) {
            case PUBLISH -> publishes.receive((Publish) packet);
            case PUBREL -> publishes.receive((Pubrel) packet);
            case PUBACK -> acknowledged((Puback) packet);
            case PUBREC -> received((Pubrec) packet);
            case PUBCOMP -> completed((Pubcomp) packet);
            case SUBSCRIBE -> subscriptions.receive((Subscribe) packet);
            case UNSUBSCRIBE -> subscriptions.receive((Unsubscribe) packet);
            case PINGREQ -> write(Pingresp.INSTANCE);
            case DISCONNECT -> disconnected((Disconnect) packet);
            case AUTH -> reauthentication.receive((Auth) packet);
            default -> close(ReasonCode.PROTOCOL_ERROR, packet.type() + " is not for a server");
        }
    }

    @Override
    public boolean isWelcome() {
        return welcome;
    }

    @Override
    public ReasonCode reasonOf(DecodeFailure failure) {
        // Whatever else is wrong with it: who did not begin to authenticate does not go on with it [MQTT-4.12.0-7].
        return failure.packetType() == PacketType.AUTH && authenticationMethod == null
                ? ReasonCode.PROTOCOL_ERROR
                : failure.reasonCode();
    }

    private void acknowledged(Puback puback) {
        if (session.outbox().answers().acknowledged(puback.packetIdentifier())) {
            session.updateReady();
        } else {
            close(ReasonCode.PROTOCOL_ERROR, "PUBACK for a QoS 2 message");
        }
    }

    private void received(Pubrec pubrec) {
        if (session.outbox().answers().received(pubrec.packetIdentifier(), pubrec.reasonCode())) {
            session.updateReady();
        } else {
            close(ReasonCode.PROTOCOL_ERROR, "PUBREC for a QoS 1 message");
        }
    }

    private void completed(Pubcomp pubcomp) {
        if (session.outbox().answers().completed(pubcomp.packetIdentifier())) {
            session.updateReady();
        } else {
            close(ReasonCode.PROTOCOL_ERROR, "PUBCOMP for a message that was not released");
        }
    }

    private void disconnected(Disconnect disconnect) {
        Long expiry = disconnect.sessionExpiryIntervalSeconds();
        if (expiry != null) {
            if (session.expiryIntervalSeconds() == 0 && expiry != 0) {
                close(ReasonCode.PROTOCOL_ERROR, "a session without expiry cannot be given one [MQTT-3.14.2-2]");
                return;
            }
            session.changeExpiryInterval(Math.min(expiry, broker.settings().persistentClientExpirationSeconds()));
        }
        willIsDue = disconnect.reasonCode() != ReasonCode.SUCCESS;
        connection.close(disconnect.reasonCode(), "the client disconnected", null);
    }

    @Override
    public void takenOver() {
        close(ReasonCode.SESSION_TAKEN_OVER, "another connection uses the Client Identifier");
    }

    @Override
    public void fail() {
        close(ReasonCode.UNSPECIFIED_ERROR, "internal error");
    }

    @Override
    public void close(ReasonCode reasonCode, String reason) {
        if (info.version() == MqttVersion.MQTT_5 && broker.events().listensToPackets()) {
            trace.disconnecting(reasonCode);
        }
        connection.close(reasonCode, reason);
    }

    @Override
    public void closed(ReasonCode reasonCode, String reason) {
        stopKeepAlive.run();
        reauthentication.close();
        publishes.closed();
        aliases.close();
        session.detach(this, willIsDue);
        if (welcome) {
            broker.counters().clientsDisconnected().increment();
            broker.events().tell(listening -> listening.disconnected(info, reasonCode, reason));
        }
    }

    @Override
    public int unsentPackets() {
        return connection.unsentPackets();
    }

    @Override
    public long unsentBytes() {
        return connection.unsentBytes();
    }

    @Override
    public void writabilityChanged() {
        if (isWritable()) {
            session.outbox().pump();
            session.updateReady();
            session.goOnWalking();
        }
    }

    @Override
    public void holdUp(boolean hold) {
        if (hold) {
            connection.pause(Pause.RETAINED);
        } else {
            connection.resume(Pause.RETAINED);
        }
    }

    @Override
    public OptionalInt receiveMaximum() {
        return receiveMaximum;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public boolean isCongested() {
        return connection.pendingOutputBytes() > broker.settings().maxPendingOutputBytes();
    }

    @Override
    public void write(Packet packet) {
        if (broker.events().listensToPackets()) {
            trace.sending(packet);
        }
        connection.write(packet);
    }

    @Override
    public @Nullable DropCause publish(Outgoing outgoing, boolean dup) {
        Message message = outgoing.message;
        EncodedPublish encoded = listener.mountPoint().isEmpty() ? message.encoded() : unmounted(message);
        if (encoded == null) {
            return DropCause.OUTSIDE_MOUNT_POINT;
        }
        int alias = 0;
        boolean known = false;
        if (aliases.maximum() > 0) {
            TopicName topic = message.topic();
            alias = aliases.aliasOf(topic);
            known = alias > 0 && aliases.isKnown(alias);
        }
        Delivery delivery = new Delivery(
                info.version(),
                outgoing.qos,
                outgoing.retain,
                dup && outgoing.qos != Qos.AT_MOST_ONCE,
                outgoing.packetIdentifier,
                outgoing.identifiers,
                alias,
                known,
                message.expires()
                        ? message.remainingExpirySeconds(broker.clock().millis())
                        : null);
        if (broker.events().listensToPackets()) {
            trace.sending(
                    Objects.requireNonNullElse(encoded.topic(), message.topic()), message.payloadBytes(), delivery);
        }
        boolean sent = connection.write(encoded, delivery);
        if (sent && alias > 0) {
            aliases.sent(alias);
        }
        return sent ? null : DropCause.PACKET_TOO_LARGE;
    }

    private @Nullable EncodedPublish unmounted(Message message) {
        TopicName topic = MountPoint.outOrNull(listener.mountPoint(), message.topic());
        return topic == null ? null : EncodedPublish.of(topic, message.encoded().payload(), message.properties());
    }
}
