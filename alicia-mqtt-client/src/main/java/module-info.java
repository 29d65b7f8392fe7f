/** The typed client of an Alicia house; start with {@code io.alicia.mqtt.client.AliciaMqttClient}. */
module io.alicia.mqtt.client {
    requires transitive io.alicia.mqtt.api;
    requires static transitive org.jspecify;
    requires static org.immutables.value.annotations;
    requires static com.h2database.mvstore;
    requires static info.picocli;
    requires static micrometer.core;
    requires com.hivemq.client.mqtt;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires io.reactivex.rxjava2;
    // The HiveMQ client needs it and, without a declaration of its own, cannot say so.
    requires org.jctools.core;
    requires org.reactivestreams;
    requires org.slf4j;

    uses io.alicia.mqtt.spi.MqttTransportProvider;

    exports io.alicia.mqtt.client;
    exports io.alicia.mqtt.client.hivemq;

    opens io.alicia.mqtt.client.cli to
            info.picocli;

    provides io.alicia.mqtt.spi.MqttTransportProvider with
            io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
}
