/** What tests of an Alicia house are written with. */
module io.alicia.mqtt.testkit {
    requires transitive io.alicia.mqtt.api;
    requires transitive io.alicia.mqtt.broker;
    requires transitive io.alicia.mqtt.client;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.junit.platform.commons;
    requires org.slf4j;

    exports io.alicia.mqtt.testkit;
    exports io.alicia.mqtt.testkit.device;
    exports io.alicia.mqtt.testkit.fault;
    exports io.alicia.mqtt.testkit.homeassistant;
    exports io.alicia.mqtt.testkit.inprocess;
    exports io.alicia.mqtt.testkit.tck;
    exports io.alicia.mqtt.testkit.time;

    provides io.alicia.mqtt.spi.MqttTransportProvider with
            io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;

    opens io.alicia.mqtt.testkit to
            org.junit.platform.commons;
    opens io.alicia.mqtt.testkit.tck to
            org.junit.platform.commons;
}
