package io.alicia.mqtt.transport;

import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt5TransportTck;

class BridgeMqtt5Test extends Mqtt5TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new BridgeTransportProvider();
    }
}
