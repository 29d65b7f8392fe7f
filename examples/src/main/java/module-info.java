/** A whole house in one command, and one small example per story; a stranger to the modules that it requires. */
module io.alicia.mqtt.examples {
    requires com.google.protobuf;
    requires io.alicia.mqtt.broker;
    requires io.alicia.mqtt.client;
    requires info.picocli;
    requires static org.jspecify;
    requires org.slf4j;

    opens io.alicia.mqtt.examples.house to
            info.picocli;
}
