package io.alicia.mqtt.transport;

import io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt5TransportTck;

class HiveMqMqtt5Test extends Mqtt5TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new HiveMqTransportProvider();
    }
}
