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

/** Publishes the {@code $SYS} topics at their interval, which may change, on the first event loop. */
final class SysTopicsTask {

    private static final Logger LOG = LoggerFactory.getLogger(SysTopicsTask.class);

    private final Broker broker;
    private final Timers timers;
    private final BrokerLoop loop;
    private final SysTopics topics;
    private volatile Rhythm rhythm = new Rhythm(Duration.ZERO);

    SysTopicsTask(Broker broker, Timers timers) {
        this.broker = broker;
        this.timers = timers;
        this.loop = broker.loops().get(0);
        this.topics = new SysTopics(broker.counters(), broker.clock(), this::publish);
    }

    /** Publishes all of them before anybody can ask for one, and goes on until the event loop ends. */
    void start(Duration interval) {
        if (!interval.isZero()) {
            // What the update publishes is behind it in the loop's queue, and so before the second task.
            update().thenRunAsync(() -> {}, loop).join();
        }
        follow(interval);
    }

    /** Goes on at another interval; zero for no longer. */
    synchronized void follow(Duration interval) {
        if (!interval.equals(rhythm.interval)) {
            rhythm = new Rhythm(interval);
            rhythm.scheduleNext();
        }
    }

    /** One interval for as long as it holds. */
    private final class Rhythm {

        private final Duration interval;

        Rhythm(Duration interval) {
            this.interval = interval;
        }

        void scheduleNext() {
            if (!interval.isZero()) {
                timers.schedule(
                        loop, SysTopics.untilNext(interval, broker.clock().millis()), this::tick);
            }
        }

        private void tick() {
            if (rhythm == this) {
                // First of all: whatever goes wrong below, there is a next time.
                scheduleNext();
                var unused = update();
            }
        }
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
                        TopicName.ofReceived(topic),
                        payload.getBytes(StandardCharsets.UTF_8),
                        Qos.EXACTLY_ONCE,
                        true,
                        PublishProperties.NONE,
                        broker.clock().millis(),
                        null,
                        null,
                        null));
    }
}
