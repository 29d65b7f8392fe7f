package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the clients of one listener.
 *
 * @param name for logs and events
 * @param security who is let in and what they may do
 * @param mountPoint what stands before every topic inside the broker; empty for none
 * @param maxQos the highest QoS that a client may publish with
 * @param maxTopicAlias topic aliases that a client may create
 * @param maxTopicAliasBroker topic aliases that the broker makes for a client
 * @param identity how clients are named
 * @param versions the protocol versions that are spoken
 * @param redirect where clients are sent instead of being let in; null for nowhere
 */
public record ListenerSettings(
        String name,
        Security security,
        String mountPoint,
        Qos maxQos,
        int maxTopicAlias,
        int maxTopicAliasBroker,
        Identity identity,
        Set<MqttVersion> versions,
        @Nullable Redirect redirect) {

    /**
     * Another server.
     *
     * @param reasonCode whether for ever
     * @param serverReference which
     */
    public record Redirect(ReasonCode reasonCode, String serverReference) {}

    /**
     * How clients are named.
     *
     * @param useUsernameAsClientid whether the user name takes the place of the Client Identifier
     * @param certificateIsUsername whether the name in the client's certificate is its user name
     * @param allowZeroLengthClientid whether a client may come without a Client Identifier
     * @param autoIdPrefix what an assigned Client Identifier begins with
     * @param clientidPrefixes what a Client Identifier has to begin with; empty for anything
     */
    public record Identity(
            boolean useUsernameAsClientid,
            boolean certificateIsUsername,
            boolean allowZeroLengthClientid,
            String autoIdPrefix,
            String clientidPrefixes) {}
}
