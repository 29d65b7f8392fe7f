/**
 * Typed topics and payloads of an Alicia house, their codecs, the access model, Home Assistant discovery and the
 * interface that a pluggable MQTT client implements.
 */
@SuppressWarnings("module") // the modules that a qualified export names are built after this one
module io.alicia.mqtt.api {
    requires transitive io.reactivex.rxjava3;
    requires transitive org.reactivestreams;
    requires static transitive org.jspecify;
    requires static org.immutables.value.annotations;
    requires static info.picocli;
    requires static org.bouncycastle.provider;
    requires org.slf4j;
    requires transitive tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports io.alicia.mqtt;
    exports io.alicia.mqtt.access;
    exports io.alicia.mqtt.codec;
    exports io.alicia.mqtt.connection;
    exports io.alicia.mqtt.homeassistant;
    exports io.alicia.mqtt.homeassistant.check;
    exports io.alicia.mqtt.homeassistant.component;
    exports io.alicia.mqtt.homeassistant.entity;
    exports io.alicia.mqtt.homeassistant.house;
    exports io.alicia.mqtt.homeassistant.live;
    exports io.alicia.mqtt.homeassistant.template;
    exports io.alicia.mqtt.message;
    exports io.alicia.mqtt.payload;
    exports io.alicia.mqtt.protocol;
    exports io.alicia.mqtt.spi;
    exports io.alicia.mqtt.style to
            io.alicia.mqtt.broker,
            io.alicia.mqtt.client;
    exports io.alicia.mqtt.topic;

    opens io.alicia.mqtt.access.cli to
            info.picocli;
}
