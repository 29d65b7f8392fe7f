package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;

/**
 * The transport under test, whose connections are written down.
 *
 * @param transport the one under test
 * @param connections where to
 */
record RememberingTransport(MqttTransport transport, List<MqttConnection> connections) implements MqttTransport {

    @Override
    public Single<MqttConnection> connect(ConnectRequest request) {
        return transport.connect(request).doOnSuccess(connections::add);
    }

    @Override
    public Flowable<Delivery> deliveries() {
        return transport.deliveries();
    }

    @Override
    public Completable close() {
        return transport.close();
    }
}
