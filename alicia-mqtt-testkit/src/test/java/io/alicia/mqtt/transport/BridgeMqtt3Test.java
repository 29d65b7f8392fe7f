package io.alicia.mqtt.transport;

import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt3TransportTck;

class BridgeMqtt3Test extends Mqtt3TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new BridgeTransportProvider();
    }
}
