package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a probe may say that nothing came. */
class MessageProbeTest {

    private static final int ROUNDS = 5;
    private static final int MESSAGES = 500;

    @ParameterizedTest
    @EnumSource(Qos.class)
    void has_seen_all_that_the_brokers_embedder_published_before(Qos qos) {
        try (TestBroker broker = TestBroker.start()) {
            MessageProbe probe = broker.probe();
            for (int round = 0; round < ROUNDS; round++) {
                String topic = "rounds/" + round;
                for (int i = 0; i < MESSAGES; i++) {
                    broker.broker()
                            .publish(ApplicationMessage.builder()
                                    .topic(TopicName.of(topic))
                                    .qos(qos)
                                    .build());
                }

                assertThatThrownBy(() -> probe.hasSeenNothingOn(topic))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("expected no message on " + topic);
                assertThat(probe.messages(topic)).hasSize(MESSAGES);
            }
        }
    }

    @Test
    void says_at_once_that_its_account_cannot_tell() {
        try (TestBroker broker = TestBroker.start();
                MessageProbe probe = broker.probeAs("mobile_app", "#").within(Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> probe.hasSeenNothingOn("alicia/#"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("give it read access to probe/#")
                    .hasMessageContaining("denied RECEIVE probe/");
        }
    }

    @Test
    void may_be_of_an_account_that_only_reads() {
        AccessPolicy readOnly = AccessPolicy.builder()
                .account("reader")
                .mayReceive("house/#", "probe/#")
                .build();
        try (TestBroker broker = TestBroker.start(readOnly);
                MessageProbe probe = broker.probeAs("reader", "#")) {
            probe.hasSeenNothingOn("house/#");

            Credentials reader = new Credentials("reader", broker.password("reader"));
            try (MessageProbe outside = MessageProbe.connect(broker.address(), reader, TopicFilter.of("#"))
                    .within(Duration.ofMinutes(1))) {
                assertThatThrownBy(() -> outside.hasSeenNothingOn("house/#"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("has to publish to probe/#");
            }
        }
    }
}
