package io.alicia.mqtt.client.hivemq;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.protocol.ReasonCode;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a connection attempt failed, read from the HiveMQ client's exception and what caused it. */
final class ConnectFailures {

    private static final int DEEPEST_CAUSE = 20;

    private ConnectFailures() {}

    static ConnectFailure of(Throwable failure, Duration limit) {
        if (failure instanceof Mqtt5ConnAckException refused) {
            Mqtt5ConnAck connAck = refused.getMqttMessage();
            return new ConnectFailure.Refused(
                    Failures.reasonCode(connAck.getReasonCode().getCode()),
                    connAck.getReasonString().map(Object::toString),
                    connAck.getServerReference().map(Object::toString));
        }
        if (failure instanceof Mqtt3ConnAckException refused) {
            return new ConnectFailure.Refused(
                    reasonCode(refused.getMqttMessage().getReturnCode()), Optional.empty(), Optional.empty());
        }
        Optional<ConnectFailure.TlsFailed> tls = ConnectFailure.TlsFailed.behind(failure);
        if (tls.isPresent()) {
            return tls.get();
        }
        if (causeOf(failure, io.netty.channel.ConnectTimeoutException.class) != null
                || causeOf(failure, SocketTimeoutException.class) != null) {
            return new ConnectFailure.TimedOut(limit);
        }
        UnknownHostException unknown = causeOf(failure, UnknownHostException.class);
        if (unknown != null || causeOf(failure, UnresolvedAddressException.class) != null) {
            return new ConnectFailure.Unreachable(
                    unknown == null ? "unknown host" : "unknown host: " + Failures.words(unknown));
        }
        ConnectException connect = causeOf(failure, ConnectException.class);
        if (connect != null) {
            return new ConnectFailure.Unreachable(Failures.words(connect));
        }
        SocketException socket = causeOf(failure, SocketException.class);
        if (socket != null && causeOf(failure, ConnectionClosedException.class) == null && !endedByPeer(socket)) {
            return new ConnectFailure.Unreachable(Failures.words(socket));
        }
        String words = Failures.words(failure);
        return words.contains("Timeout while waiting for CONNACK") || words.contains("handshake timed out")
                ? new ConnectFailure.TimedOut(limit)
                : new ConnectFailure.ClosedEarly(words);
    }

    /** There was somebody: what does not speak TLS hangs up when it is greeted with it. */
    private static boolean endedByPeer(SocketException failure) {
        String words = Failures.words(failure);
        return words.startsWith("Connection reset") || words.startsWith("Broken pipe");
    }

    private static ReasonCode reasonCode(Mqtt3ConnAckReturnCode returnCode) {
        return switch (returnCode) {
            case SUCCESS -> ReasonCode.SUCCESS;
            case UNSUPPORTED_PROTOCOL_VERSION -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
            case IDENTIFIER_REJECTED -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            case SERVER_UNAVAILABLE -> ReasonCode.SERVER_UNAVAILABLE;
            case BAD_USER_NAME_OR_PASSWORD -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
            case NOT_AUTHORIZED -> ReasonCode.NOT_AUTHORIZED;
        };
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
