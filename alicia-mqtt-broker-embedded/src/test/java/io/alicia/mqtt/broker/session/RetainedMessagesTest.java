package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetainedMessagesTest {

    private final DefaultEventLoop eventLoop = new DefaultEventLoop();
    private final TestTime time = new TestTime();
    private final Broker broker = BareBroker.on(eventLoop, time);
    private final BrokerLoop loop = broker.loops().get(0);

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void retain(String topic, PublishProperties properties) {
        broker.retained()
                .retain(new Message(
                        TopicName.of(topic),
                        new byte[] {'x'},
                        Qos.AT_MOST_ONCE,
                        true,
                        properties,
                        time.millis(),
                        null,
                        null,
                        null));
    }

    @Test
    void that_have_expired_are_forgotten_without_keeping_the_loop_from_others() throws Exception {
        PublishProperties expiring =
                PublishProperties.builder().messageExpiryIntervalSeconds(10L).build();
        for (int i = 0; i < 20_000; i++) {
            retain("t/" + i, expiring);
        }
        retain("$SYS/expiring", expiring);
        retain("stays", PublishProperties.NONE);
        time.pass(Duration.ofSeconds(11));

        int leftInFirstPass = eventLoop
                .submit(() -> {
                    broker.retained().removeExpired(loop);
                    return broker.retained().size();
                })
                .get();

        assertThat(leftInFirstPass).isBetween(10_000, 20_000);
        await().until(() -> broker.retained().size() == 1);
        assertThat(broker.retained().get(TopicName.of("stays"))).isNotNull();
    }
}
