package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.monitoring.BrokerStatistics;
import io.alicia.mqtt.broker.monitoring.SysTopics;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.Message;
import io.alicia.mqtt.broker.session.Timers;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the {@code $SYS} topics at their interval, on the first event loop. */
final class SysTopicsTask {

    private static final Logger LOG = LoggerFactory.getLogger(SysTopicsTask.class);

    private final Broker broker;
    private final Timers timers;
    private final Duration interval;
    private final BrokerLoop loop;
    private final SysTopics topics;

    SysTopicsTask(Broker broker, Timers timers, Duration interval) {
        this.broker = broker;
        this.timers = timers;
        this.interval = interval;
        this.loop = broker.loops().get(0);
        this.topics = new SysTopics(broker.counters(), broker.clock(), this::publish);
    }

    /** Publishes all of them before anybody can ask for one, and goes on until the event loop ends. */
    void start() {
        if (!interval.isZero()) {
            // What the update publishes is behind it in the loop's queue, and so before the second task.
            update().thenRunAsync(() -> {}, loop).join();
            scheduleNext();
        }
    }

    private void scheduleNext() {
        timers.schedule(loop, SysTopics.untilNext(interval, broker.clock().millis()), this::tick);
    }

    private void tick() {
        // First of all: whatever goes wrong below, there is a next time.
        scheduleNext();
        var unused = update();
    }

    private CompletableFuture<Void> update() {
        return broker.statistics().thenAcceptAsync(this::update, loop).exceptionally(failure -> {
            if (failure instanceof RejectedExecutionException
                    || failure.getCause() instanceof RejectedExecutionException) {
                LOG.debug("the broker stops; no more $SYS topics");
            } else {
                LOG.error("the $SYS topics could not be published", failure);
            }
            return null;
        });
    }

    private void update(BrokerStatistics statistics) {
        topics.update(statistics);
    }

    private void publish(String topic, String payload) {
        broker.administration()
                .publish(new Message(
                        TopicName.of(topic),
                        payload.getBytes(StandardCharsets.UTF_8),
                        Qos.EXACTLY_ONCE,
                        true,
                        PublishProperties.NONE,
                        broker.clock().millis(),
                        null,
                        null));
    }
}
