package io.alicia.mqtt.transport;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt3TransportTck;

class InProcessMqtt3Test extends Mqtt3TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new InProcessTransportProvider();
    }

    @Override
    protected ServerAddress addressOf(TestBroker broker) {
        return broker.address();
    }
}
