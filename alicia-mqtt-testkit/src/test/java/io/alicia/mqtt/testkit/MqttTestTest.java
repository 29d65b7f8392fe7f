package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.Measurement;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The extension, seen through small test classes that the launcher runs. */
class MqttTestTest {

    @Test
    void a_client_by_account_and_a_probe_are_there_for_the_asking() {
        testsOf(Story.class).assertStatistics(stats -> stats.started(1).succeeded(1));
    }

    @Test
    void each_method_has_a_broker_of_its_own() {
        testsOf(PerMethod.class).assertStatistics(stats -> stats.started(2).succeeded(2));
    }

    @Test
    void a_class_can_share_one() {
        testsOf(PerClass.class).assertStatistics(stats -> stats.started(2).succeeded(2));
    }

    @Test
    void a_policy_of_ones_own_brings_its_own_accounts() {
        testsOf(OwnPolicy.class).assertStatistics(stats -> stats.started(1).succeeded(1));
    }

    @Test
    void a_client_without_an_account_is_told_what_to_write() {
        testsOf(WithoutAccount.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("write @As(\"mobile_app\") AliciaMqtt app")))));
    }

    @Test
    void an_account_that_is_not_there_is_told_which_are() {
        testsOf(UnknownAccount.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("nobody") && text.contains("mobile_app")))));
    }

    private static Events testsOf(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .execute()
                .testEvents();
    }

    @MqttTest
    static class Story {
        @Test
        void a_command_reaches_the_bus(
                @As("mobile_app") AliciaMqtt app, MessageProbe probe, TestBroker broker, EmbeddedBroker embedded) {
            app.commands().send("hall", Command.turnOn()).blockingAwait();

            assertThat(probe.awaits("alicia/commands/hall").payload().toUtf8()).contains("turn_on");
            probe.hasSeenNothingOn("alicia/devices/#");
            assertThat(broker.broker()).isSameAs(embedded);
        }
    }

    @MqttTest
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PerMethod {
        @Test
        @Order(1)
        void retains_something(@As("esp32_device") AliciaMqtt sensor) {
            sensor.sensors().publish("hall", "temperature", Measurement.of(20)).blockingAwait();
        }

        @Test
        @Order(2)
        void knows_nothing_of_it(MessageProbe probe) {
            probe.hasSeenNothingOn("alicia/sensors/#");
        }
    }

    @MqttTest(broker = BrokerPer.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PerClass {
        @Test
        @Order(1)
        void retains_something(@As("esp32_device") AliciaMqtt sensor) {
            sensor.sensors().publish("hall", "temperature", Measurement.of(20)).blockingAwait();
        }

        @Test
        @Order(2)
        void still_knows_it(MessageProbe probe) {
            assertThat(probe.awaits("alicia/sensors/hall/temperature", "20").retain())
                    .isTrue();
        }
    }

    @MqttTest(policy = GardenPolicy.class)
    static class OwnPolicy {
        @Test
        void names_the_gardener(TestBroker broker) {
            assertThat(broker.password("gardener")).isNotEmpty();
        }
    }

    static final class GardenPolicy implements TestPolicy {
        @Override
        public AccessPolicy policy() {
            return AccessPolicy.builder()
                    .account("gardener")
                    .mayPublishAndReceive("garden/#")
                    .build();
        }
    }

    @MqttTest
    static class WithoutAccount {
        @Test
        void asks_for_a_client(AliciaMqtt client) {
            assertThat(client).isNotNull();
        }
    }

    @MqttTest
    static class UnknownAccount {
        @Test
        void asks_for_a_client(@As("nobody") AliciaMqtt client) {
            assertThat(client).isNotNull();
        }
    }
}
