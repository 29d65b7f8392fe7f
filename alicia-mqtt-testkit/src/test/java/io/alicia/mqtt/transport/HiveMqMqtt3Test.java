package io.alicia.mqtt.transport;

import io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.tck.Mqtt3TransportTck;
import org.junit.jupiter.api.Test;

class HiveMqMqtt3Test extends Mqtt3TransportTck {

    @Override
    protected MqttTransportProvider provider() {
        return new HiveMqTransportProvider();
    }

    /** By 66,000: the HiveMQ client keeps as many as its Receive Maximum, which over 3.1.1 is the highest there is. */
    @Override
    @Test
    public void keeps_no_more_than_so_many_qos_0_messages_that_nobody_asks_for() {
        keepsNotAllOf(66_000);
    }
}
