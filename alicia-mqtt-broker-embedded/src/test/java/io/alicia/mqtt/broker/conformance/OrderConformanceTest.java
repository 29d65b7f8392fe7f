package io.alicia.mqtt.broker.conformance;

import static io.alicia.mqtt.broker.conformance.Wire.properties;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages keep their order (§4.6). */
class OrderConformanceTest extends ConformanceTest {

    OrderConformanceTest(BrokerKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = {"MQTT-4.6.0-5", "MQTT-4.6.0-6"},
            mqtt311 = {"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    void messages_of_one_client_keep_their_order_for_each_subscriber(Version version) {
        for (int qos = 0; qos <= 2; qos++) {
            Peer exact = connect(version, "e" + qos).subscribe(topic("a" + qos), qos);
            Peer wild = connect(version, "w" + qos).subscribe(topic("#"), qos);
            Peer publisher = connect(version, "p" + qos);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int count = 15;
            for (int i = 1; i <= count; i++) {
                all.writeBytes(publisher.publishBytes(0x30 | (qos << 1), topic("a" + qos), i, properties(), "m" + i));
            }
            publisher.send(all.toByteArray());
            for (int i = 1; i <= count && qos > 0; i++) {
                publisher.expect(qos == 1 ? Frame.PUBACK : Frame.PUBREC, i);
                if (qos == 2) {
                    publisher.send(Peer.ack(0x62, i));
                }
            }
            for (int i = 1; i <= count && qos == 2; i++) {
                publisher.expect(Frame.PUBCOMP, i);
            }
            for (int i = 1; i <= count; i++) {
                exact.expectMessage("m" + i);
                wild.expectMessage("m" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Statement(
            mqtt5 = "MQTT-4.6.0-5",
            mqtt311 = {"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    void messages_that_waited_keep_their_order(Version version) {
        Connecting lasting = connecting(version, "s").persistent();
        connect(lasting).subscribe(topic("a"), 1).disconnect();
        Peer publisher = connect(version, "p");
        for (int i = 0; i < 50; i++) {
            publisher.publish(topic("a"), "m" + i, 1, false);
        }

        Peer back = connect(lasting);

        for (int i = 0; i < 50; i++) {
            back.acknowledge(back.expectMessage("m" + i));
        }
    }
}
