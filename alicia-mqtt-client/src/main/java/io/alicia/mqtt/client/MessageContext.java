package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import org.slf4j.MDC;

/** What a thread that works on a message has of it: its topic in the logging context, and its trace if it belongs to one. */
enum MessageContext {
    PLAIN,
    TRACED;

    /** The key of the topic in the logging context. */
    private static final String MDC_TOPIC = "mqtt.topic";

    /** Gives this thread the context of {@code message}, until it {@link #leave}s it. */
    static MessageContext enter(ApplicationMessage message) {
        MDC.put(MDC_TOPIC, message.topic().value());
        return TraceContext.enter(message) ? TRACED : PLAIN;
    }

    void leave() {
        MDC.remove(MDC_TOPIC);
        if (this == TRACED) {
            TraceContext.leave();
        }
    }
}
