package io.alicia.mqtt.transport;

import io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt3TransportTck;

class HiveMqMqtt3Test extends Mqtt3TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new HiveMqTransportProvider();
    }
}
