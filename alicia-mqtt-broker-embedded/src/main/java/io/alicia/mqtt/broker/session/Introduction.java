package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who a client says it is: what of its CONNECT and its certificate counts on its listener. */
final class Introduction {

    private final Connect connect;
    private final Peer peer;
    private final String remoteAddress;
    private final ListenerSettings listener;

    Introduction(Connect connect, Connection connection, ListenerSettings listener) {
        this.connect = connect;
        this.peer = connection.peer();
        this.remoteAddress = connection.remoteAddress();
        this.listener = listener;
    }

    /**
     * {@return the identifier that the session is known by; empty if the client may not come without one}
     *
     * @param assigned makes one for a client that has none
     */
    String clientIdentifier(Supplier<String> assigned) {
        if (connect.version() == MqttVersion.MQTT_3_1
                && connect.clientIdentifier().isEmpty()) {
            // The broker invents no name for a client of 3.1 (MQTT 3.1 §3.1).
            return "";
        }
        String userName = listener.identity().useUsernameAsClientid() ? userName() : null;
        String given = userName != null ? userName : connect.clientIdentifier();
        if (!given.isEmpty()) {
            return given;
        }
        // Under 3.1.1 a client without an identifier must not ask for a lasting session [MQTT-3.1.3-8].
        boolean assignable = listener.identity().allowZeroLengthClientid()
                && (connect.version() == MqttVersion.MQTT_5 || connect.cleanStart());
        return assignable ? assigned.get() : "";
    }

    /** What the client itself sent counts, as with Mosquitto; without that, what it was given. */
    boolean hasRightPrefix(String clientIdentifier) {
        String sent = connect.clientIdentifier().isEmpty() ? clientIdentifier : connect.clientIdentifier();
        return sent.startsWith(listener.identity().clientidPrefixes());
    }

    @Nullable
    String userName() {
        return listener.identity().certificateIsUsername() ? peer.certificateIdentity() : connect.userName();
    }

    ClientInfo info(String clientIdentifier, @Nullable String userName) {
        return new ClientInfo(
                clientIdentifier,
                userName,
                connect.version(),
                remoteAddress,
                listener.name(),
                connect.cleanStart(),
                connect.keepAliveSeconds());
    }

    LogIn logIn(String clientIdentifier) {
        boolean certificate = listener.identity().certificateIsUsername();
        BinaryData given = connect.password();
        // As in Mosquitto an empty password is none, also where the file has the hash of nothing.
        byte[] password = certificate || given == null || given.isEmpty() ? null : given.toByteArray();
        return LogIn.builder(clientIdentifier)
                .account(userName())
                .password(password)
                .certificateIdentity(certificate ? peer.certificateIdentity() : null)
                .remoteAddress(LogInLimits.host(remoteAddress))
                .build();
    }
}
