package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Subscribes from a session that outlives the broker, acknowledges sooner or later, and is away at times. */
final class CrashSubscriber implements CrashActor {

    private final CrashModel model;
    private final CrashPromises promises;
    private final String name;
    private final String filterPrefix;
    /** One that never unsubscribes or begins anew: others rely on it. */
    private final boolean faithful;

    private final Map<Integer, String> released = new HashMap<>();
    private final Deque<Packet> answers = new ArrayDeque<>();
    private CrashLink link;
    private boolean known;
    /** CONNECT with Clean Start went out, and no CONNACK has come. */
    private boolean beginsAnew;

    private boolean finishing;
    /** The topic whose SUBSCRIBE or UNSUBSCRIBE is under way; -1 for none. */
    private int asking = -1;

    private boolean leaving;
    private int stepsAway;

    CrashSubscriber(CrashModel model, String name, String filterPrefix, boolean faithful, CrashPromises promises) {
        this.model = model;
        this.name = name;
        this.filterPrefix = filterPrefix;
        this.faithful = faithful;
        this.promises = promises;
        this.link = model.link();
    }

    CrashPromises promises() {
        return promises;
    }

    @Override
    public void begin() {
        lose();
        link = model.link();
    }

    /** From now on it stays, and its subscriptions with it. */
    void finish() {
        finishing = true;
        stepsAway = 0;
    }

    @Override
    public boolean isIdle() {
        return link.isOpen() && asking < 0 && answers.isEmpty() && released.isEmpty();
    }

    private void lose() {
        link.cut();
        answers.clear();
    }

    @Override
    public void step(RandomGenerator random) {
        if (!link.isOpen()) {
            answers.clear();
            stepsAway--;
            if (stepsAway <= 0) {
                connect(!faithful && !finishing && random.nextInt(25) == 0);
            }
        } else if (!finishing && random.nextInt(120) == 0) {
            lose();
            stepsAway = random.nextInt(80);
        } else if (!finishing && asking < 0 && random.nextInt(10) == 0) {
            ask(random);
        }
        for (Optional<Packet> packet = link.poll(); packet.isPresent(); packet = link.poll()) {
            receive(packet.get());
        }
        if (!answers.isEmpty() && (finishing || random.nextInt(3) > 0)) {
            link.send(answers.remove());
        }
    }

    private void connect(boolean anew) {
        if (anew) {
            beginsAnew = true;
            asking = -1;
            promises.endAll();
        }
        boolean clean = beginsAnew;
        Optional<Connack> answer = link.connect(model.connect(name, clean, 3600, Optional.empty()));
        if (answer.isEmpty()) {
            return;
        }
        if (clean) {
            assertThat(answer.get().sessionPresent()).as("%s begins anew", name).isFalse();
            beginsAnew = false;
            released.clear();
            promises.forgetsBefore(model.now());
        } else {
            assertThat(answer.get().sessionPresent() || !known)
                    .as("the session of %s is there", name)
                    .isTrue();
        }
        known = true;
        if (asking >= 0) {
            send(asking);
        }
    }

    private void ask(RandomGenerator random) {
        int topic = random.nextInt(CrashModel.TOPICS);
        leaving = promises.isOn(topic);
        if (leaving && (faithful || random.nextInt(4) > 0)) {
            return;
        }
        asking = topic;
        if (leaving) {
            promises.end(topic, model.now());
        } else {
            promises.ask(topic);
        }
        send(topic);
    }

    private void send(int topic) {
        TopicFilter filter = TopicFilter.of(filterPrefix + "t/" + topic + "/+");
        link.send(
                leaving
                        ? new Unsubscribe(topic + 1, List.of(filter), List.of())
                        : new Subscribe(topic + 1, List.of(new Subscription(filter, promises.qos())), 0, List.of()));
    }

    private void receive(Packet packet) {
        if (packet instanceof Publish publish) {
            receive(publish);
        } else if (packet instanceof Pubrel pubrel) {
            released.remove(pubrel.packetIdentifier());
            answers.add(new Pubcomp(pubrel.packetIdentifier()));
        } else if (packet instanceof Suback suback) {
            assertThat(suback.reasonCodes()).as("%s: %s", name, suback).noneMatch(code -> code.isError());
            promises.begin(asking, model.now());
            asking = -1;
        } else if (packet instanceof Unsuback) {
            asking = -1;
        } else {
            throw new AssertionError(name + " was sent " + packet);
        }
    }

    private void receive(Publish publish) {
        String payload = RawClient.text(publish);
        int identifier = publish.packetIdentifier();
        if (publish.qos() == Qos.AT_LEAST_ONCE) {
            promises.received(name, CrashModel.topicOf(publish), payload, publish.qos());
            answers.add(new Puback(identifier));
            return;
        }
        String before = released.putIfAbsent(identifier, payload);
        if (before == null) {
            promises.received(name, CrashModel.topicOf(publish), payload, publish.qos());
        } else {
            assertThat(payload)
                    .as("what %s was sent again with identifier %d", name, identifier)
                    .isEqualTo(before);
        }
        answers.add(new Pubrec(identifier));
    }
}
