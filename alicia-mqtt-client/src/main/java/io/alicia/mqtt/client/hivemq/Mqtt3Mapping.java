package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.internal.mqtt.datatypes.MqttTopicImpl;
import com.hivemq.client.internal.mqtt.message.publish.mqtt3.Mqtt3PublishView;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.KeptHandshake;

/** Our values to HiveMQ's of MQTT 3.1.1, and back; what 3.1.1 cannot say is left out. */
final class Mqtt3Mapping {

    private Mqtt3Mapping() {}

    static Mqtt3Connect connect(ConnectRequest request) {
        Mqtt3ConnectBuilder builder = Mqtt3Connect.builder()
                .cleanSession(
                        request.cleanStart() || request.sessionExpiryInterval().isZero())
                .keepAlive((int) request.keepAlive().toSeconds());
        if (request.credentials().isPresent()) {
            builder = builder.simpleAuth(simpleAuth(request.credentials().get()));
        }
        if (request.will().isPresent()) {
            builder = builder.willPublish(publish(request.will().get().message()));
        }
        if (request.keepsHandshakes()) {
            builder = builder.restrictions(Mqtt3ConnectRestrictions.builder()
                    .sendMaximum(KeptHandshake.FIRST_PACKET_IDENTIFIER - 1) // its own identifiers, too
                    .build());
        }
        return builder.build();
    }

    private static Mqtt3SimpleAuth simpleAuth(Credentials credentials) {
        return Mqtt3SimpleAuth.builder()
                .username(credentials.userName())
                .password(credentials.password().toByteArray())
                .build();
    }

    static Connack connack(Mqtt3ConnAck connAck, ConnectRequest request, String clientIdentifier) {
        return Connack.builder()
                .sessionPresent(connAck.isSessionPresent())
                .clientIdentifier(clientIdentifier)
                .sessionExpiryInterval(request.sessionExpiryInterval())
                .keepAlive(request.keepAlive())
                .build();
    }

    static Mqtt3Publish publish(ApplicationMessage message) {
        return Mqtt3PublishView.of(delegate(message));
    }

    /** What a message of 3.1.1 is inside of the HiveMQ client. */
    static SentPublish delegate(ApplicationMessage message) {
        return new SentPublish(
                MqttTopicImpl.of(message.topic().value()),
                message.payload().toByteBuffer(),
                Mqtt5Mapping.qos(message.qos()),
                message.retain());
    }

    static Mqtt3Subscription subscription(Subscription subscription) {
        return Mqtt3Subscription.builder()
                .topicFilter(subscription.topicFilter().value())
                .qos(Mqtt5Mapping.qos(subscription.maximumQos()))
                .build();
    }
}
