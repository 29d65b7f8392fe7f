package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Publishes with QoS 1 and 2 from a session that outlives the broker, and goes on with what was not acknowledged. */
final class CrashPublisher implements CrashActor {

    private static final int WINDOW = 12;
    /** Retained messages of one topic have the same: one of QoS 1 that is sent again comes after a later one of QoS 2. */
    private static final Qos[] QOS = {Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE};

    private final CrashModel model;
    private final String name;
    private final String prefix;
    private final boolean retains;
    private final List<CrashMessage> open = new ArrayList<>();
    private CrashLink link;
    private boolean known;
    private boolean finishing;
    private int lastIdentifier;
    private int count;

    CrashPublisher(CrashModel model, String name, String prefix, boolean retains) {
        this.model = model;
        this.name = name;
        this.prefix = prefix;
        this.retains = retains;
        this.link = model.link();
    }

    @Override
    public void begin() {
        link.cut();
        link = model.link();
    }

    /** From now on nothing new. */
    void finish() {
        finishing = true;
    }

    @Override
    public boolean isIdle() {
        return link.isOpen() && open.isEmpty();
    }

    @Override
    public void step(RandomGenerator random) {
        if (!link.isOpen()) {
            connect();
        } else if (!finishing && random.nextInt(150) == 0) {
            link.cut();
        } else if (!finishing && open.size() < WINDOW && random.nextInt(3) > 0) {
            publish(random);
        }
        for (Optional<Packet> packet = link.poll(); packet.isPresent(); packet = link.poll()) {
            receive(packet.get());
        }
    }

    private void connect() {
        Optional<Connack> answer = link.connect(model.connect(name, false, 3600, Optional.empty()));
        if (answer.isEmpty()) {
            return;
        }
        assertThat(answer.get().sessionPresent() || !known)
                .as("the session of %s is there", name)
                .isTrue();
        known = true;
        for (CrashMessage message : List.copyOf(open)) {
            link.send(message.received ? new Pubrel(message.packetIdentifier) : message.packet(true));
        }
    }

    private void publish(RandomGenerator random) {
        lastIdentifier = lastIdentifier % 60_000 + 1;
        count++;
        int topic = random.nextInt(CrashModel.TOPICS);
        boolean clears = retains && random.nextInt(6) == 0;
        CrashMessage message = model.sent(new CrashMessage(
                prefix + topic + "/" + name,
                clears ? "" : name + "-" + count,
                retains ? QOS[topic % 2] : QOS[random.nextInt(2)],
                retains,
                model.now(),
                lastIdentifier));
        open.add(message);
        link.send(message.packet(false));
    }

    private void receive(Packet packet) {
        if (packet instanceof Puback puback) {
            acknowledged(of(puback.packetIdentifier(), Qos.AT_LEAST_ONCE));
        } else if (packet instanceof Pubrec pubrec) {
            assertThat(pubrec.reasonCode().isError()).as("%s: %s", name, pubrec).isFalse();
            of(pubrec.packetIdentifier(), Qos.EXACTLY_ONCE).received = true;
            link.send(new Pubrel(pubrec.packetIdentifier()));
        } else if (packet instanceof Pubcomp pubcomp) {
            CrashMessage message = of(pubcomp.packetIdentifier(), Qos.EXACTLY_ONCE);
            assertThat(message.received)
                    .as("%s was received before it is complete", message)
                    .isTrue();
            acknowledged(message);
        } else {
            throw new AssertionError(name + " was sent " + packet);
        }
    }

    private void acknowledged(CrashMessage message) {
        message.acknowledgedAt = model.now();
        open.remove(message);
    }

    private CrashMessage of(int identifier, Qos qos) {
        return open.stream()
                .filter(message -> message.packetIdentifier == identifier && message.qos == qos)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(name + " has no " + qos + " message with identifier " + identifier));
    }
}
