package io.alicia.mqtt.transport;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** One network connection of a {@link PahoTransport}. */
final class PahoConnection implements MqttConnection {

    /** A call of Paho's API; on the transport's thread. */
    interface Call {
        void run(MqttActionListener listener) throws MqttException;
    }

    private final PahoTransport transport;
    private final Connack connack;
    private final SingleSubject<DisconnectCause> closed = SingleSubject.create();
    private volatile Duration sessionExpiryInterval;

    PahoConnection(PahoTransport transport, Connack connack) {
        this.transport = transport;
        this.connack = connack;
        this.sessionExpiryInterval = connack.sessionExpiryInterval();
    }

    @Override
    public Connack connack() {
        return connack;
    }

    boolean keepsSession() {
        return !sessionExpiryInterval.isZero();
    }

    @Override
    public Single<PublishOutcome> publish(ApplicationMessage message) {
        return Single.create(emitter -> transport.publish(this, message, emitter));
    }

    @Override
    public Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions) {
        return operation(listener -> transport
                .client()
                .subscribe(PahoMapping.subscriptions(subscriptions), null, listener, new MqttProperties()));
    }

    @Override
    public Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters) {
        String[] filters = topicFilters.stream().map(TopicFilter::value).toArray(String[]::new);
        return operation(listener -> transport.client().unsubscribe(filters, null, listener, new MqttProperties()));
    }

    private Single<List<ReasonCode>> operation(Call call) {
        Single<List<ReasonCode>> answer = Single.create(emitter -> transport.run(() -> {
            MqttActionListener listener = new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    emitter.onSuccess(PahoMapping.reasonCodes(token));
                }

                /** Of a refusal as well. */
                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    if (token.getReasonCodes() != null && token.getReasonCodes().length > 0) {
                        emitter.onSuccess(PahoMapping.reasonCodes(token));
                    } else if (!endsTheConnection(failure)) {
                        emitter.tryOnError(ended(failure));
                    }
                }
            };
            try {
                call.run(listener);
            } catch (MqttException e) {
                if (!endsTheConnection(e)) {
                    emitter.tryOnError(ended(e));
                }
            }
        }));
        return Single.ambArray(
                answer,
                closed.flatMap(
                        cause -> Single.error(new SessionEndedException("the connection was " + cause, true, null))));
    }

    /** Then the end itself tells it, which comes later. */
    private static boolean endsTheConnection(Throwable failure) {
        return failure instanceof MqttException known
                && (known.getReasonCode() == MqttClientException.REASON_CODE_CONNECTION_LOST
                        || known.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED
                        || known.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_DISCONNECTING);
    }

    static SessionEndedException ended(Throwable failure) {
        return new SessionEndedException("Paho: " + failure, true, failure);
    }

    @Override
    public Single<DisconnectCause> closed() {
        return closed.hide();
    }

    boolean isClosed() {
        return closed.hasValue();
    }

    @Override
    public Completable disconnect(ReasonCode reasonCode, Optional<Duration> newSessionExpiryInterval) {
        return Completable.defer(() -> {
            transport.run(() -> {
                if (!isClosed()) {
                    sessionExpiryInterval = newSessionExpiryInterval.orElse(sessionExpiryInterval);
                    transport.disconnect(this, reasonCode, newSessionExpiryInterval);
                }
            });
            return closed.ignoreElement();
        });
    }

    void ended(DisconnectCause cause) {
        closed.onSuccess(cause);
    }
}
