package io.alicia.mqtt.testkit.tck;

import io.alicia.mqtt.client.hivemq.HiveMqTransportProvider;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.inprocess.InProcessTransportProvider;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One wrong transport, and the rule that is to catch it.
 *
 * @param what what is wrong: a transport that …
 * @param ground what it stands on
 * @param version which version it speaks
 * @param wrong what is wrong
 * @param ruleName the name of the rule
 * @param rule holds the transports of a fixture against it
 */
record Case(
        String what,
        Ground ground,
        MqttVersion version,
        WrongTransport wrong,
        String ruleName,
        Consumer<TransportFixture> rule) {

    /** The rules for both versions. */
    interface Rules
            extends ConnectRules,
                    PublishRules,
                    SubscribeRules,
                    DeliveryRules,
                    SessionRules,
                    KeptHandshakeRules,
                    SuccessionRules,
                    LazinessRules,
                    TlsRules,
                    EndRules {}

    /** All for MQTT 5. */
    interface Rules5 extends Rules, Mqtt5Rules, Mqtt5PacketRules, Mqtt5KeptHandshakeRules {}

    /** All for 3.1.1. */
    interface Rules3 extends Rules, Mqtt3Rules {}

    /**
     * What a wrong transport stands on.
     *
     * @param right makes transports that are right
     * @param addressOf where they find the broker
     */
    record Ground(MqttTransportProvider right, Function<TestBroker, ServerAddress> addressOf) {

        /** The quickest one. */
        static final Ground IN_PROCESS = new Ground(new InProcessTransportProvider(), TestBroker::address);

        /** One with TLS. */
        static final Ground HIVEMQ =
                new Ground(new HiveMqTransportProvider(), broker -> ServerAddress.of(broker.uri()));
    }

    /** In either version, where the one has it from other packets, or other parts of a library, than the other. */
    static Stream<Case> both(String what, WrongTransport wrong, Consumer<Rules> rule) {
        return Stream.concat(mqtt5(what, wrong, rule::accept), mqtt3(what, wrong, rule::accept));
    }

    static Stream<Case> mqtt5(String what, WrongTransport wrong, Consumer<Rules5> rule) {
        return Stream.of(ofMqtt5(what, Ground.IN_PROCESS, wrong, rule));
    }

    /** One that remembers something, and is made for this case alone. */
    static Stream<Case> mqtt5(String what, Supplier<WrongTransport> wrong, Consumer<Rules5> rule) {
        return mqtt5(what, wrong.get(), rule);
    }

    /** One that has TLS. */
    static Stream<Case> secured(String what, WrongTransport wrong, Consumer<Rules5> rule) {
        return Stream.of(ofMqtt5(what, Ground.HIVEMQ, wrong, rule));
    }

    /** One that has handshakes which others keep, in either version. */
    static Stream<Case> keeping(String what, Supplier<WrongTransport> wrong, Consumer<Rules> rule) {
        return Stream.of(
                ofMqtt5(what, Ground.HIVEMQ, wrong.get(), rule::accept),
                new Case(
                        what,
                        Ground.HIVEMQ,
                        MqttVersion.MQTT_3_1_1,
                        wrong.get(),
                        nameOf(Rules3.class, rule::accept),
                        fixture -> rule.accept((Rules3) () -> fixture)));
    }

    private static Case ofMqtt5(String what, Ground ground, WrongTransport wrong, Consumer<Rules5> rule) {
        return new Case(
                what,
                ground,
                MqttVersion.MQTT_5,
                wrong,
                nameOf(Rules5.class, rule),
                fixture -> rule.accept(() -> fixture));
    }

    static Stream<Case> mqtt3(String what, WrongTransport wrong, Consumer<Rules3> rule) {
        return Stream.of(new Case(
                what,
                Ground.IN_PROCESS,
                MqttVersion.MQTT_3_1_1,
                wrong,
                nameOf(Rules3.class, rule),
                fixture -> rule.accept(() -> fixture)));
    }

    /** Which one it asks of all rules. */
    private static <R> String nameOf(Class<R> rules, Consumer<R> rule) {
        List<String> names = new ArrayList<>();
        rule.accept(rules.cast(
                Proxy.newProxyInstance(rules.getClassLoader(), new Class<?>[] {rules}, (proxy, method, arguments) -> {
                    names.add(method.getName());
                    return null;
                })));
        return names.get(0);
    }

    /** The names of all rules there are. */
    static Set<String> ruleNames() {
        return Stream.of(Rules5.class, Rules3.class)
                .flatMap(rules -> Stream.of(rules.getMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    /** Where transports that are wrong in this way are asked for. */
    TransportFixture fixture(WrongTransport wrongOrNot) {
        return new TransportFixture(wrongOrNot.around(ground.right()), version, ground.addressOf());
    }

    @Override
    public String toString() {
        return what + " (" + version + ", " + ruleName + ")";
    }
}
