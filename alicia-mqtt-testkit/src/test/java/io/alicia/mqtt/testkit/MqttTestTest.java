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
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    void a_nested_class_shares_the_broker_and_one_with_an_annotation_has_its_own() {
        testsOf(Outer.class).assertStatistics(stats -> stats.started(5).succeeded(5));
    }

    @Test
    void what_a_test_was_given_ends_with_it_though_the_broker_goes_on() {
        testsOf(OneAfterTheOther.class)
                .assertStatistics(stats -> stats.started(2).succeeded(2));
    }

    @Test
    void parameterized_and_repeated_tests_have_what_ordinary_ones_have() {
        testsOf(Repeated.class).assertStatistics(stats -> stats.started(4).succeeded(4));
    }

    @Test
    void methods_of_one_class_may_run_at_the_same_time() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .selectors(selectClass(AtOnce.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.started(8).succeeded(8));
    }

    @Test
    void a_probe_without_its_account_is_told_what_to_write() {
        testsOf(ProbeOfTheGarden.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(text ->
                                text.contains("broker.probeAs(account, filters)") && text.contains("gardener")))));
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

    @MqttTest(broker = BrokerPer.CLASS)
    static class Outer {
        private static final Set<String> SHARED = new HashSet<>();

        @BeforeEach
        void every_broker_is_that_of_the_test(TestBroker broker, TestInfo test) {
            String gardener = test.getTestMethod().orElseThrow().getName();
            assertThat(broker.policy().accounts().contains("gardener")).isEqualTo(gardener.startsWith("in_the_garden"));
        }

        @Test
        void in_the_house(TestBroker broker) {
            SHARED.add(broker.uri());
            assertThat(SHARED).hasSize(1);
        }

        @Nested
        class Inner {
            @Test
            void in_the_house_too(TestBroker broker) {
                SHARED.add(broker.uri());
                assertThat(SHARED).hasSize(1);
            }
        }

        @Nested
        @MqttTest(broker = BrokerPer.METHOD, policy = GardenPolicy.class)
        class Garden {
            private static final Set<String> OWN = new HashSet<>();

            @RepeatedTest(2)
            void in_the_garden_each_time_anew(TestBroker broker) {
                assertThat(OWN.add(broker.uri())).isTrue();
            }
        }

        @Nested
        @MqttTest(broker = BrokerPer.CLASS, policy = GardenPolicy.class)
        class SharedGarden {
            @Test
            void in_the_garden_of_all(TestBroker broker) {
                assertThat(broker.password("gardener")).isNotEmpty();
            }
        }
    }

    @MqttTest(broker = BrokerPer.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OneAfterTheOther {
        @Test
        @Order(1)
        void sees_a_command(@As("mobile_app") AliciaMqtt app, MessageProbe probe, EmbeddedBroker broker) {
            app.commands().send("hall", Command.turnOn()).blockingAwait();

            probe.awaits("alicia/commands/hall");
            assertThat(broker.connectedClients()).hasSize(2);
        }

        @Test
        @Order(2)
        void sees_nothing_of_the_one_before(MessageProbe probe, EmbeddedBroker broker) {
            probe.hasSeenNothingOn("alicia/commands/#");
            Awaitility.await().until(() -> broker.connectedClients().size() == 1);
        }
    }

    @MqttTest
    static class Repeated {
        private TestBroker before;

        @BeforeEach
        void remember(TestBroker broker) {
            before = broker;
        }

        @ParameterizedTest
        @ValueSource(strings = {"hall", "kitchen"})
        void commands(String device, TestBroker broker, MessageProbe probe, @As("mobile_app") AliciaMqtt app) {
            app.commands().send(device, Command.turnOn()).blockingAwait();

            probe.awaits("alicia/commands/" + device);
            assertThat(probe.messages("alicia/commands/+")).hasSize(1);
            assertThat(broker).isSameAs(before);
        }

        @RepeatedTest(2)
        void again(TestBroker broker) {
            assertThat(broker).isSameAs(before);
        }
    }

    @MqttTest(broker = BrokerPer.CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class AtOnce {
        @RepeatedTest(8)
        void one_of_many(@As("mobile_app") AliciaMqtt app, MessageProbe probe, RepetitionInfo repetition) {
            String device = "bulb-" + repetition.getCurrentRepetition();
            app.commands().send(device, Command.turnOn()).blockingAwait();

            probe.awaits("alicia/commands/" + device);
        }
    }

    @MqttTest(policy = GardenPolicy.class)
    static class ProbeOfTheGarden {
        @Test
        void asks_for_a_probe(MessageProbe probe) {
            assertThat(probe).isNotNull();
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
