package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which trace a message belongs to, as the W3C recommendation Trace Context has it: carried in the User Properties {@code
 * traceparent} and {@code tracestate} (MQTT 5 §3.3.2.3.7), not at all over 3.1.1. Immutable.
 *
 * <p>A client that is told to ({@link AliciaMqttClientBuilder#traceContext}) adds it to what it publishes. What arrives with one is
 * handled with the logging context's {@code traceparent} set to it. Services without a tracer pass a trace on with {@link
 * #ofHandledMessage}; with one, say what its current span is:
 *
 * <pre>{@code
 * AliciaMqttClient.builder()
 *         .server("mqtt://house")
 *         .traceContext(TraceContext::ofHandledMessage)
 *         .start();
 * }</pre>
 *
 * @param traceparent version, trace id, parent id and flags: {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
 * @param tracestate what tracing systems add, if there is any
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

    /** The key of the trace in the logging context, while a subscriber or handler works on a message that belongs to one. */
    public static final String MDC_TRACEPARENT = "traceparent";

    /** Beside the logging context, since not every logger keeps that. */
    private static final ThreadLocal<@Nullable TraceContext> HANDLED = new ThreadLocal<>();

    private static final String TRACESTATE = "tracestate";
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * Without vendors' additions.
     *
     * @throws IllegalArgumentException if {@code traceparent} is none
     */
    public TraceContext(String traceparent) {
        this(traceparent, Optional.empty());
    }

    /** Refuses what is no {@code traceparent}. */
    public TraceContext {
        if (!FORMAT.matcher(traceparent).matches()) {
            throw new IllegalArgumentException("traceparent \"" + traceparent
                    + "\": expected for example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        }
    }

    /** The trace that {@code message} belongs to; none if it says none, or something that is none. */
    public static Optional<TraceContext> of(ApplicationMessage message) {
        return property(message, MDC_TRACEPARENT)
                .filter(traceparent -> FORMAT.matcher(traceparent).matches())
                .map(traceparent -> new TraceContext(traceparent, property(message, TRACESTATE)));
    }

    private static Optional<String> property(ApplicationMessage message, String name) {
        List<UserProperty> properties = message.userProperties();
        return properties.isEmpty()
                ? Optional.empty()
                : properties.stream()
                        .filter(property -> property.name().equals(name))
                        .map(UserProperty::value)
                        .findFirst();
    }

    /** The trace of the message that a subscriber or handler works on in this thread, if it belongs to one. */
    public static Optional<TraceContext> ofHandledMessage() {
        return Optional.ofNullable(HANDLED.get());
    }

    /** {@code message} with this trace, unless it belongs to one already. */
    ApplicationMessage addTo(ApplicationMessage message) {
        if (property(message, MDC_TRACEPARENT).isPresent()) {
            return message;
        }
        return message.toBuilder()
                .addAllUserProperties(Stream.concat(
                                Stream.of(new UserProperty(MDC_TRACEPARENT, traceparent)),
                                tracestate.stream().map(state -> new UserProperty(TRACESTATE, state)))
                        .toList())
                .build();
    }

    /** Sets the context of this thread to the trace of {@code message}, if it belongs to one. */
    static boolean enter(ApplicationMessage message) {
        Optional<TraceContext> context = of(message);
        context.ifPresent(known -> {
            HANDLED.set(known);
            MDC.put(MDC_TRACEPARENT, known.traceparent());
        });
        return context.isPresent();
    }

    static void leave() {
        HANDLED.remove();
        MDC.remove(MDC_TRACEPARENT);
    }
}
