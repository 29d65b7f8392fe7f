package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.config.LogType;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** {@code log_dest topic}: lines as messages below {@code $SYS/broker/log}. Nothing before there is a broker. */
final class LogTopics implements BrokerLog.TopicLog {

    private volatile @Nullable EmbeddedBroker broker;

    void attach(EmbeddedBroker running) {
        broker = running;
    }

    /** The broker stops: nobody is there to read any more. */
    void detach() {
        broker = null;
    }

    @Override
    public void publish(LogType type, String line) {
        EmbeddedBroker running = broker;
        if (running != null) {
            running.publish(ApplicationMessage.builder()
                    .topic(TopicName.of("$SYS/broker/log/" + name(type)))
                    .payload(BinaryData.ofUtf8(line))
                    .qos(Qos.EXACTLY_ONCE)
                    .build());
        }
    }

    private static String name(LogType type) {
        return switch (type) {
            case DEBUG, INTERNAL -> "D";
            case ERROR -> "E";
            case WARNING -> "W";
            case NOTICE -> "N";
            case INFORMATION -> "I";
            case SUBSCRIBE -> "M/subscribe";
            case UNSUBSCRIBE -> "M/unsubscribe";
            case WEBSOCKETS -> "WS";
        };
    }
}
