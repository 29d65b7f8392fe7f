package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.security.AccessRules;
import io.alicia.mqtt.broker.security.Admission;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.Verdict;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection from its first byte to CONNACK (MQTT 5 §3.1.4): checks CONNECT, lets the security decide without waiting
 * for it, and shows who is accepted to its {@link Entrance}. Meanwhile nothing more is read, but for the AUTH packets of
 * an enhanced authentication.
 */
final class Handshake implements PacketReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Broker broker;
    private final Connection connection;
    private final Supplier<ListenerSettings> listeners;
    private final int maxPacketSize;
    private ListenerSettings listener;
    private SessionSettings settings;
    private Runnable stopTimeout = () -> {};
    private @Nullable ClientInfo info;
    private @Nullable AccessRules admittedBy;
    private @Nullable Connect asked;
    private @Nullable AuthenticationDialogue dialogue;
    private @Nullable BinaryData lastAuthenticationData;

    /**
     * One that waits for its CONNECT.
     *
     * @param listeners what holds for the clients of the listener, which may change until CONNECT is there
     * @param maxPacketSize bytes of a packet that the connection takes
     */
    Handshake(Broker broker, Connection connection, Supplier<ListenerSettings> listeners, int maxPacketSize) {
        this.broker = broker;
        this.connection = connection;
        this.listeners = listeners;
        this.maxPacketSize = maxPacketSize;
        this.listener = listeners.get();
        this.settings = broker.settings();
    }

    /** The connection is open: its CONNECT has to come soon. */
    void begin() {
        Duration timeout = Duration.ofMillis(settings.connectTimeoutMillis());
        stopTimeout = broker.timers()
                .schedule(
                        connection.loop(),
                        timeout,
                        () -> connection.close(ReasonCode.MAXIMUM_CONNECT_TIME, "no CONNECT within " + timeout, null));
    }

    @Override
    public void receive(Packet packet) {
        // The decoder lets nothing but CONNECT be the first packet.
        if (packet instanceof Connect connect) {
            connection.pause(Pause.HANDSHAKE);
            connection.speak(connect.version(), connect.properties());
            asked = connect;
            broker.counters().connectsReceived().increment();
            ListenerSettings.Redirect redirect = listener.redirect();
            if (redirect != null) {
                info = info(connect, connect.clientIdentifier());
                redirect(redirect);
            } else {
                broker.renewals().whenJudged(() -> onLoop(() -> considerUnlessClosed(connect)));
            }
        } else if (packet instanceof Auth auth
                && dialogue != null
                && dialogue.expects(auth, ReasonCode.CONTINUE_AUTHENTICATION)) {
            connection.pause(Pause.HANDSHAKE);
            converse(dialogue, auth.authenticationData());
        } else if (packet instanceof Disconnect disconnect) {
            connection.close(disconnect.reasonCode(), "the client disconnected", null);
        } else {
            refuse(ReasonCode.PROTOCOL_ERROR, packet.type() + " before CONNACK [MQTT-3.1.2-30]");
        }
    }

    private void considerUnlessClosed(Connect connect) {
        if (connection.isClosed()) {
            return;
        }
        // From here on nothing changes for this client: it is told what holds.
        listener = listeners.get();
        settings = broker.settings();
        if (listener.versions().contains(connect.version())) {
            Introduction introduction = introduction(connect);
            consider(
                    connect,
                    introduction,
                    introduction.clientIdentifier(
                            () -> broker.newClientIdentifier(listener.identity().autoIdPrefix())));
        } else {
            refuse(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, connect.version() + " is not accepted here");
        }
    }

    private void consider(Connect connect, Introduction introduction, String clientIdentifier) {
        info = introduction.info(clientIdentifier, introduction.userName());
        admittedBy = listener.security().rules();
        String method = connect.properties().authenticationMethod();
        if (clientIdentifier.isEmpty()) {
            // MQTT 5 leaves the code open [MQTT-3.1.3-8]; this is Mosquitto's.
            boolean isMqtt5 = connect.version() == MqttVersion.MQTT_5;
            refuse(
                    isMqtt5 ? ReasonCode.UNSPECIFIED_ERROR : ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "a Client Identifier is required");
        } else if (!introduction.hasRightPrefix(clientIdentifier)) {
            refuse(ReasonCode.NOT_AUTHORIZED, "its Client Identifier does not begin with clientidPrefixes");
        } else if (listener.identity().certificateIsUsername() && introduction.userName() == null) {
            String reason = "it has no certificate with a name that can be a user name";
            listener.security().audit(introduction.logIn(clientIdentifier), Authentication.refused(reason));
            refuse(ReasonCode.BAD_USER_NAME_OR_PASSWORD, reason);
        } else if (listener.identity().useUsernameAsClientid() && introduction.userName() == null) {
            refuse(ReasonCode.NOT_AUTHORIZED, "useUsernameAsClientid needs a user name");
        } else {
            consider(connect, introduction.logIn(clientIdentifier), method);
        }
    }

    private void consider(Connect connect, LogIn logIn, @Nullable String method) {
        Optional<String> refusal = broker.logInLimits().refusal(logIn);
        if (refusal.isPresent()) {
            listener.security().audit(logIn, Authentication.refused(refusal.get()));
            refuse(ReasonCode.CONNECTION_RATE_EXCEEDED, refusal.get());
        } else if (method != null) {
            beginDialogue(connect, logIn, method);
        } else {
            stopTimeout.run();
            listener.security()
                    .authenticate(logIn, broker.logInLimits())
                    .thenAccept(verdict -> onLoop(() -> authenticated(connect, logIn, verdict)));
        }
    }

    private void beginDialogue(Connect connect, LogIn logIn, String method) {
        AuthenticationExchange exchange = listener.security().beginOrNull(method, logIn);
        if (exchange == null) {
            listener.security().audit(logIn, Authentication.refused("there is no such authentication method"));
            refuse(ReasonCode.BAD_AUTHENTICATION_METHOD, "there is no authentication method " + method);
            return;
        }
        AuthenticationDialogue begun = new AuthenticationDialogue(method, exchange);
        dialogue = begun;
        converse(begun, connect.properties().authenticationData());
    }

    private void converse(AuthenticationDialogue current, @Nullable BinaryData data) {
        current.take(data, connection.loop(), step -> guarded(() -> follow(current, step)));
    }

    private void follow(AuthenticationDialogue current, AuthenticationStep step) {
        Connect connect = asked;
        ClientInfo client = info;
        if (connection.isClosed() || connect == null || client == null) {
            return;
        }
        Authentication outcome = step.outcome().orElse(null);
        if (outcome == null) {
            Auth auth = current.auth(ReasonCode.CONTINUE_AUTHENTICATION, step);
            if (!connection.fits(auth)) {
                refuse(ReasonCode.PACKET_TOO_LARGE, AuthenticationDialogue.TOO_LARGE);
                return;
            }
            connection.write(auth);
            connection.resume(Pause.HANDSHAKE);
        } else {
            stopTimeout.run();
            lastAuthenticationData = AuthenticationDialogue.dataOf(step);
            LogIn claimed = current.claimedBy(introduction(connect).logIn(client.clientIdentifier()));
            authenticated(
                    connect, claimed, new Verdict(outcome, broker.logInLimits().decided(claimed, true, outcome)));
        }
    }

    private void onLoop(Runnable task) {
        if (connection.loop().isCurrent()) {
            guarded(task);
        } else {
            connection.loop().execute(() -> guarded(task));
        }
    }

    /** Does a step, whose failure ends the connection. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("the CONNECT of {} could not be handled", connection.remoteAddress(), e);
            refuse(ReasonCode.UNSPECIFIED_ERROR, "internal error");
        }
    }

    Introduction introduction(Connect connect) {
        return new Introduction(connect, connection, listener);
    }

    private ClientInfo info(Connect connect, String clientIdentifier) {
        Introduction introduction = introduction(connect);
        return introduction.info(clientIdentifier, introduction.userName());
    }

    private void authenticated(Connect connect, LogIn logIn, Verdict verdict) {
        listener.security().audit(logIn, verdict.told());
        String clientIdentifier = logIn.clientIdentifier();
        if (connection.isClosed()) {
            return;
        }
        Authentication outcome = verdict.outcome();
        if (verdict.delay().isPresent()) {
            refuse(ReasonCode.CONNECTION_RATE_EXCEEDED, verdict.delay().get());
            return;
        }
        if (!outcome.isAccepted()) {
            refuse(ReasonCode.NOT_AUTHORIZED, outcome.reason());
            return;
        }
        if (connect.version() != MqttVersion.MQTT_5 && Client.isAboveMaximum(connect, settings)) {
            // Only MQTT 5 can tell a client of another Keep Alive.
            refuse(
                    ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "its Keep Alive is above the maximum of " + settings.maxKeepalive() + " s");
            return;
        }
        ClientAccess access = new ClientAccess(
                listener.security(),
                admission(logIn, outcome),
                outcome.account().orElse(null),
                clientIdentifier);
        new Entrance(broker, connection, this, connect, access, listener, settings).begin();
    }

    private Admission admission(LogIn logIn, Authentication outcome) {
        AccessRules rules = Objects.requireNonNull(admittedBy, "a log-in begins with the rules");
        boolean certificate = outcome.account().isPresent() && outcome.account().equals(logIn.certificateIdentity());
        return dialogue == null
                ? new Admission(rules, certificate, null)
                : Admission.byMethod(rules, dialogue.method());
    }

    /** By the rules that came into force meanwhile; who has answered questions by the old ones has to come back. */
    void judgeAgain(Connect connect) {
        if (dialogue == null) {
            broker.renewals().whenDone(() -> onLoop(() -> considerUnlessClosed(connect)));
        } else {
            refuse(ReasonCode.SERVER_UNAVAILABLE, "the access rules were replaced while it logged in");
        }
    }

    /** What CONNACK says of the authentication, if there was a dialogue. */
    void describe(ConnackProperties.Builder properties) {
        if (dialogue != null) {
            properties.authenticationMethod(dialogue.method()).authenticationData(lastAuthenticationData);
        }
    }

    /** The largest packet that the connection takes, in bytes. */
    int maxPacketSize() {
        return maxPacketSize;
    }

    private void redirect(ListenerSettings.Redirect redirect) {
        String reason = "clients of this listener are sent to " + redirect.serverReference();
        refused(redirect.reasonCode(), reason);
        ConnackProperties properties = ConnackProperties.builder()
                .serverReference(redirect.serverReference())
                .maximumQos(listener.maxQos())
                .build();
        connection.close(redirect.reasonCode(), reason, new Connack(false, redirect.reasonCode(), properties));
    }

    /** Refuses a CONNECT that could be read. */
    void refuse(ReasonCode reasonCode, String reason) {
        ClientInfo refused = info;
        if (refused != null && broker.events().listensToPackets()) {
            new PacketTrace(broker.events(), refused.clientIdentifier())
                    .sending(Connack.refused(reasonCode), refused.version());
        }
        refused(reasonCode, reason);
        connection.close(reasonCode, reason, refusal(reasonCode));
    }

    /** As Mosquitto refuses: with the Maximum QoS, if it is not the highest. */
    private Connack refusal(ReasonCode reasonCode) {
        return new Connack(
                false,
                reasonCode,
                ConnackProperties.builder().maximumQos(listener.maxQos()).build());
    }

    /** Refuses a CONNECT that could not be read, but whose sender can be answered. */
    void refuseUnreadable(MqttVersion version, ReasonCode reasonCode, String reason) {
        connection.speak(version, ConnectProperties.DEFAULTS);
        refused(reasonCode, reason);
        connection.close(reasonCode, reason, refusal(reasonCode));
    }

    /** Counts a refusal, and tells of it. */
    void refused(ReasonCode reasonCode, String reason) {
        broker.counters().clientsRefused().increment();
        ClientInfo refused = info;
        if (refused != null) {
            broker.events().tell(listening -> listening.refused(refused, reasonCode, reason));
        }
    }

    @Override
    public void closed(ReasonCode reasonCode, String reason) {
        stopTimeout.run();
        if (asked == null) {
            ConnectionFailure cause = switch (reasonCode) {
                case UNSPECIFIED_ERROR, SERVER_SHUTTING_DOWN -> ConnectionFailure.CLOSED;
                case MAXIMUM_CONNECT_TIME -> ConnectionFailure.TIMEOUT;
                default -> ConnectionFailure.MALFORMED;
            };
            broker.failed(connection.remoteAddress(), listener.name(), cause, reason);
        }
    }

    @Override
    public void writabilityChanged() {
        // What the handshake writes is bounded: one packet.
    }
}
