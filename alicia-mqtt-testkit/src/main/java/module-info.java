/** What tests of an Alicia house are written with. */
module io.alicia.mqtt.testkit {
    requires transitive io.alicia.mqtt.api;
    requires transitive io.alicia.mqtt.broker;
    requires transitive io.alicia.mqtt.client;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires org.junit.platform.commons;

    exports io.alicia.mqtt.testkit;
    exports io.alicia.mqtt.testkit.homeassistant;
}
