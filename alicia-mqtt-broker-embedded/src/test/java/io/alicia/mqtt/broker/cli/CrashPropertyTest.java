package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Pingreq;
import io.alicia.mqtt.broker.protocol.Pingresp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever clients do and whenever the process is killed, what was acknowledged is there afterwards: messages of QoS 1 at
 * least once, of QoS 2 exactly once and in their order, retained messages, sessions, subscriptions, and wills of who went
 * with the broker. {@code -Dalicia.seed} repeats what the clients do, though not when exactly the process is killed;
 * {@code -Dalicia.crash.lives} makes it longer.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class CrashPropertyTest {

    private static final int LIVES = Integer.getInteger("alicia.crash.lives", 3);
    private static final int STEPS_BETWEEN_LOOKS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long seed = Long.getLong("alicia.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final ScheduledExecutorService executioner = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path directory;

    private int port;
    private CrashModel model;
    private CrashWills wills;
    private final List<CrashPublisher> publishers = new ArrayList<>();
    private final List<CrashSubscriber> subscribers = new ArrayList<>();
    private final List<CrashActor> actors = new ArrayList<>();

    @BeforeEach
    void people() throws IOException {
        port = FreePort.find();
        model = new CrashModel(port);
        wills = new CrashWills(model);
        publishers.add(new CrashPublisher(model, "p1", "t/", false));
        publishers.add(new CrashPublisher(model, "p2", "t/", false));
        publishers.add(new CrashPublisher(model, "r", "r/", true));
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            for (int i = 0; i < 2; i++) {
                String name = "s" + i + "-" + qos.level();
                subscribers.add(new CrashSubscriber(model, name, "", i == 0, new CrashPromises(model, name, qos)));
            }
        }
        CrashPromises together = new CrashPromises(model, "those who share", Qos.AT_LEAST_ONCE);
        subscribers.add(new CrashSubscriber(model, "g0", "$share/g/", true, together));
        subscribers.add(new CrashSubscriber(model, "g1", "$share/g/", true, together));
        actors.addAll(publishers);
        actors.addAll(subscribers);
        actors.add(wills);
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location "
                        + directory + "\nmax_queued_messages 0\nsys_interval 0\n");
    }

    @AfterEach
    void gone() {
        actors.forEach(CrashActor::begin);
        executioner.shutdownNow();
    }

    @Test
    void what_was_acknowledged_is_there_however_often_the_broker_is_killed() throws Exception {
        System.out.println("CrashPropertyTest: -Dalicia.seed=" + seed);
        try {
            for (int life = 0; life < LIVES; life++) {
                try (BrokerProcess broker = started()) {
                    liveAndDie(broker);
                }
            }
            try (BrokerProcess broker = started()) {
                settle();
                assertThat(broker.isAlive()).isTrue();
            }
        } catch (AssertionError e) {
            throw new AssertionError("-Dalicia.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private BrokerProcess started() throws IOException {
        List<String> command = new ArrayList<>(
                BrokerProcess.ourCommand("-c", directory.resolve("m.conf").toString()));
        // Two event loops, wherever the test runs.
        command.add(command.indexOf("-cp"), "-XX:ActiveProcessorCount=4");
        BrokerProcess broker = BrokerProcess.start(directory, command).untilRunning();
        assertThat(broker.log())
                .as("what the broker says about its file")
                .noneMatch(line -> line.contains("damaged") || line.startsWith("Error"));
        model.doomed(false);
        actors.forEach(CrashActor::begin);
        checkRetained();
        return broker;
    }

    private void liveAndDie(BrokerProcess broker) throws Exception {
        boolean stops = random.nextInt(6) == 0;
        Future<?> end = executioner.schedule(
                () -> {
                    model.doomed(true);
                    broker.signal(stops ? "TERM" : "KILL");
                    return null;
                },
                random.nextInt(100, 700),
                TimeUnit.MILLISECONDS);
        stepUntil(model::isDoomed, PATIENCE);
        end.get();
        broker.exitCode();
    }

    /** Lets them act until something is so. */
    private boolean stepUntil(BooleanSupplier condition, Duration atMost) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < atMost.toNanos()) {
            for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
                actors.get(random.nextInt(actors.size())).step(random);
            }
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Everybody ends what is under way; then nothing is missing, and nobody gets what it did not subscribe to. */
    private void settle() {
        wills.finish();
        publishers.forEach(CrashPublisher::finish);
        subscribers.forEach(CrashSubscriber::finish);
        assertThat(stepUntil(() -> publishers.stream().allMatch(CrashActor::isIdle), PATIENCE))
                .as("all that was begun with is acknowledged")
                .isTrue();
        drain();
        for (CrashSubscriber subscriber : subscribers) {
            assertThat(subscriber.promises().missing())
                    .as("what is missing for %s", subscriber.promises())
                    .isEmpty();
        }
        for (int topic = 0; topic < CrashModel.TOPICS; topic++) {
            publishLast(topic);
        }
    }

    /** After a long run much may wait: as long as it becomes less, that is well. */
    private void drain() {
        long before = Long.MAX_VALUE;
        long now = missing();
        while (now < before && !stepUntil(() -> subscribers.stream().allMatch(this::isServed), PATIENCE)) {
            before = now;
            now = missing();
        }
    }

    private long missing() {
        return subscribers.stream()
                .mapToLong(subscriber -> subscriber.promises().missing().size())
                .sum();
    }

    private boolean isServed(CrashSubscriber subscriber) {
        return subscriber.isIdle() && subscriber.promises().missing().isEmpty();
    }

    private void publishLast(int topic) {
        String payload = "last-" + topic;
        CrashMessage message =
                model.sent(new CrashMessage("t/" + topic + "/last", payload, Qos.AT_LEAST_ONCE, false, model.now(), 1));
        try (RawClient publisher = RawClient.at(port).connected("last")) {
            publisher.publishAndAwait(message.topic, payload, message.qos, false);
        }
        message.acknowledgedAt = model.now();
        stepUntil(() -> subscribers.stream().allMatch(this::isServed), PATIENCE);
        for (CrashSubscriber subscriber : subscribers) {
            assertThat(subscriber.promises().has(payload))
                    .as("whether %s gets %s", subscriber.promises(), payload)
                    .isEqualTo(subscriber.promises().isOn(topic));
        }
    }

    private void checkRetained() {
        Map<String, String> there = new HashMap<>();
        try (RawClient client = RawClient.at(port).connected("look")) {
            client.subscribed("r/#", Qos.AT_MOST_ONCE);
            client.send(Pingreq.INSTANCE);
            for (Packet packet = client.receive(Packet.class);
                    packet != Pingresp.INSTANCE;
                    packet = client.receive(Packet.class)) {
                Publish publish = (Publish) packet;
                there.put(CrashModel.topicOf(publish), RawClient.text(publish));
            }
        }
        for (int topic = 0; topic < CrashModel.TOPICS; topic++) {
            String name = "r/" + topic + "/r";
            assertThat(model.mayBeRetained(name))
                    .as("what may be retained for %s", name)
                    .contains(there.getOrDefault(name, ""));
        }
    }
}
