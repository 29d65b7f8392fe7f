/** The embeddable MQTT 3.1.1 and 5.0 broker of an Alicia house; start with {@code io.alicia.mqtt.broker.EmbeddedBroker}. */
@SuppressWarnings("module") // the testkit, which a qualified export names, is built after this one
module io.alicia.mqtt.broker {
    requires transitive io.alicia.mqtt.api;
    requires static transitive org.jspecify;
    requires static org.immutables.value.annotations;
    requires static info.picocli;
    requires com.h2database.mvstore;
    requires static micrometer.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires java.naming;
    requires jdk.net;
    requires org.slf4j;

    uses io.alicia.mqtt.spi.MqttTransportProvider;

    exports io.alicia.mqtt.broker;
    exports io.alicia.mqtt.broker.bridge;
    exports io.alicia.mqtt.broker.fault;
    exports io.alicia.mqtt.broker.monitoring;
    exports io.alicia.mqtt.broker.protocol to
            io.alicia.mqtt.testkit;
    exports io.alicia.mqtt.broker.transport to
            io.alicia.mqtt.testkit;
}
