package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One client after the other that has a will and goes without a word, or with the broker. */
final class CrashWills implements CrashActor {

    private static final String NAME = "will";

    private final CrashModel model;
    private CrashLink link;
    private Optional<CrashMessage> will = Optional.empty();
    private boolean finishing;
    private int count;

    CrashWills(CrashModel model) {
        this.model = model;
        this.link = model.link();
    }

    @Override
    public void begin() {
        goneWithoutAWord();
        link = model.link();
    }

    void finish() {
        finishing = true;
        goneWithoutAWord();
    }

    @Override
    public boolean isIdle() {
        return true;
    }

    @Override
    public void step(RandomGenerator random) {
        if (finishing) {
            return;
        }
        if (!link.isOpen()) {
            goneWithoutAWord();
            connect(random);
        } else if (random.nextInt(30) == 0) {
            if (random.nextInt(3) == 0) {
                // Whether the broker hears this before it is killed is open, and so is whether the will is sent.
                link.send(new Disconnect(ReasonCode.SUCCESS));
                will = Optional.empty();
            }
            goneWithoutAWord();
        }
    }

    private void connect(RandomGenerator random) {
        count++;
        CrashMessage message = model.sent(new CrashMessage(
                "t/" + random.nextInt(CrashModel.TOPICS) + "/" + NAME,
                NAME + "-" + count,
                Qos.AT_LEAST_ONCE,
                false,
                model.now(),
                0));
        Will its = new Will(
                TopicName.of(message.topic),
                BinaryData.ofUtf8(message.payload),
                message.qos,
                false,
                random.nextInt(2),
                PublishProperties.NONE);
        if (link.connect(model.connect(NAME + count, true, random.nextInt(2) * 60L, Optional.of(its)))
                .isPresent()) {
            will = Optional.of(message);
        }
    }

    /** From here on the will is owed to everybody who stays subscribed. */
    private void goneWithoutAWord() {
        link.cut();
        will.ifPresent(message -> message.acknowledgedAt = Long.MAX_VALUE - 1);
        will = Optional.empty();
    }
}
