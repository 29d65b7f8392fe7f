package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3PublishResult;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRec;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HiveMQ client's exceptions after CONNACK in our words; those before are {@link ConnectFailures}'. */
final class Failures {

    private Failures() {}

    static ReasonCode reasonCode(int code) {
        ReasonCode reasonCode = ReasonCode.ofCodeOrNull(code);
        return reasonCode == null ? ReasonCode.UNSPECIFIED_ERROR : reasonCode;
    }

    static PublishOutcome outcome(Mqtt3PublishResult result) {
        Throwable failure = result.getError().orElse(null);
        return failure == null ? PublishOutcome.SUCCESS : refusal(failure);
    }

    static PublishOutcome outcome(Mqtt5PublishResult result) {
        Throwable failure = result.getError().orElse(null);
        if (failure != null) {
            return refusal(failure);
        }
        if (result instanceof Mqtt5PublishResult.Mqtt5Qos1Result qos1) {
            Mqtt5PubAck pubAck = qos1.getPubAck();
            return outcome(pubAck.getReasonCode().getCode(), pubAck.getReasonString());
        }
        if (result instanceof Mqtt5PublishResult.Mqtt5Qos2Result qos2) {
            Mqtt5PubRec pubRec = qos2.getPubRec();
            return outcome(pubRec.getReasonCode().getCode(), pubRec.getReasonString());
        }
        return PublishOutcome.SUCCESS;
    }

    private static PublishOutcome refusal(Throwable failure) {
        if (failure instanceof Mqtt5PubAckException refused) {
            Mqtt5PubAck pubAck = refused.getMqttMessage();
            return outcome(pubAck.getReasonCode().getCode(), pubAck.getReasonString());
        }
        if (failure instanceof Mqtt5PubRecException refused) {
            Mqtt5PubRec pubRec = refused.getMqttMessage();
            return outcome(pubRec.getReasonCode().getCode(), pubRec.getReasonString());
        }
        if (failure instanceof MqttEncodeException tooLarge) {
            return new PublishOutcome(ReasonCode.PACKET_TOO_LARGE, Optional.ofNullable(tooLarge.getMessage()));
        }
        throw operation(failure);
    }

    private static PublishOutcome outcome(int code, Optional<?> reasonString) {
        return code == 0 && reasonString.isEmpty()
                ? PublishOutcome.SUCCESS
                : new PublishOutcome(reasonCode(code), reasonString.map(Object::toString));
    }

    /** What a failed operation of a session says to its caller. */
    static RuntimeException operation(Throwable failure) {
        if (failure instanceof MqttClientStateException) {
            return new SessionEndedException("not connected; nothing was sent", false, failure);
        }
        if (failure instanceof MqttSessionExpiredException || failure instanceof ConnectionClosedException) {
            Throwable cause = failure.getCause();
            String why = cause == null ? "" : " (" + words(cause) + ")";
            return new SessionEndedException(words(failure) + why, true, failure);
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    static DisconnectCause disconnectCause(MqttClientDisconnectedContext context) {
        Throwable failure = context.getCause();
        DisconnectCause.Builder cause = DisconnectCause.builder();
        Mqtt5Disconnect disconnect =
                failure instanceof Mqtt5DisconnectException withPacket ? withPacket.getMqttMessage() : null;
        if (disconnect != null) {
            cause.reasonCode(reasonCode(disconnect.getReasonCode().getCode()))
                    .reasonString(
                            disconnect.getReasonString().map(Object::toString).or(() -> technical(context)))
                    .serverReference(disconnect.getServerReference().map(Object::toString));
        } else {
            cause.reasonString(technical(context));
        }
        return cause.initiator(initiator(context.getSource(), disconnect)).build();
    }

    private static Initiator initiator(MqttDisconnectSource source, @Nullable Mqtt5Disconnect disconnect) {
        return switch (source) {
            case USER -> Initiator.CLIENT;
            case SERVER -> disconnect == null ? Initiator.NETWORK : Initiator.SERVER;
            case CLIENT -> Initiator.NETWORK;
        };
    }

    /** The HiveMQ client's own words; none for a disconnect that was asked for. */
    private static Optional<String> technical(MqttClientDisconnectedContext context) {
        return context.getSource() == MqttDisconnectSource.USER
                ? Optional.empty()
                : Optional.of(words(context.getCause()));
    }

    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
