/** The typed client of an Alicia house; start with {@code io.alicia.mqtt.client.AliciaMqttClient}. */
module io.alicia.mqtt.client {
    requires transitive io.alicia.mqtt.api;
    requires static transitive org.jspecify;
    requires static org.immutables.value.annotations;
    requires com.hivemq.client.mqtt;
    requires io.reactivex.rxjava2;
    requires org.reactivestreams;
    requires org.slf4j;
}
