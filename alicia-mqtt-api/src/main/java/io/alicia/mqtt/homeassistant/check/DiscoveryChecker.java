package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.facts.DiscoveryFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Says what Home Assistant does with a discovery message, and why: Home Assistant itself says so only in its log.
 *
 * <pre>{@code
 * CheckResult result = DiscoveryChecker.create().check("homeassistant/sensor/hall/config", payload);
 * if (result.verdict() == Verdict.REJECT) {
 *     result.problems().forEach(System.err::println);
 * }
 * }</pre>
 *
 * <p>It looks at one message at a time; whether a {@code unique_id} is taken by another entity it cannot see, for
 * which there is {@link UniqueIds}. The rules
 * are those of the Home Assistant version {@link #homeAssistantVersion()}. Immutable and safe to share between threads.
 */
public final class DiscoveryChecker {

    private static final int LONGEST_TOPIC = 65_535;

    private final String prefix;
    private final PayloadExpander expander;
    private final OptionChecks checks;
    private final SingleCheck single;
    private final DeviceMessageCheck device;

    private DiscoveryChecker(String prefix, DiscoveryFacts facts) {
        this.prefix = prefix;
        this.expander = new PayloadExpander(facts);
        this.checks = new OptionChecks(facts);
        ComponentChecks components = new ComponentChecks(facts, checks);
        this.single = new SingleCheck(components, checks.origin());
        this.device = new DeviceMessageCheck(facts, checks, components);
    }

    /** {@return a checker for the discovery prefix {@value DiscoveryTopic#DEFAULT_PREFIX}} */
    public static DiscoveryChecker create() {
        return withPrefix(DiscoveryTopic.DEFAULT_PREFIX);
    }

    /**
     * {@return a checker for another discovery prefix}
     *
     * @param prefix one or several levels, without a slash at either end
     * @throws IllegalArgumentException if it is anything else
     */
    public static DiscoveryChecker withPrefix(String prefix) {
        return new DiscoveryChecker(DiscoveryTopic.requirePrefix(prefix), DiscoveryFacts.get());
    }

    /** {@return the Home Assistant version by whose rules it judges, such as {@code 2026.9}} */
    public static String homeAssistantVersion() {
        return DiscoveryFacts.get().version();
    }

    /**
     * {@return the names of the components that Home Assistant discovers over MQTT}
     */
    public static List<String> componentNames() {
        return DiscoveryFacts.get().componentNames();
    }

    /**
     * Judges a message.
     *
     * @param topic the topic, any text
     * @param payload the payload as text; empty is a removal
     * @return the verdict; never an exception
     */
    public CheckResult check(String topic, String payload) {
        int length = topic.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_TOPIC) {
            return refused(
                    Verdict.REJECT,
                    Optional.empty(),
                    new Problem("topic", "MQTT has topics of " + LONGEST_TOPIC + " bytes at most, not " + length));
        }
        Optional<DiscoveryTopic> parsed = DiscoveryTopic.parse(prefix, topic);
        if (parsed.isEmpty()) {
            return outside(topic);
        }
        String component = parsed.get().component();
        if (!parsed.get().isDevice() && !DiscoveryFacts.get().componentNames().contains(component)) {
            if (!DiscoveryTopic.isBelow(prefix, topic)) {
                return refused(
                        Verdict.IGNORED,
                        Optional.empty(),
                        new Problem("component", "the topic is not below the prefix " + prefix + ": " + topic));
            }
            return refused(
                    Verdict.IGNORED,
                    parsed,
                    new Problem("component", "Home Assistant discovers no " + component + " over MQTT"));
        }
        if (payload.isEmpty()) {
            return new CheckResult(Verdict.REMOVE, parsed, List.of(), List.of(), Hints.of(parsed.get(), topic));
        }
        return parsedPayload(parsed.get(), topic, payload);
    }

    /**
     * Judges a message.
     *
     * @param topic the topic, any text
     * @param payload the payload; refused if it is not UTF-8; empty is a removal
     * @return the verdict; never an exception
     */
    public CheckResult check(String topic, byte[] payload) {
        try {
            return check(
                    topic,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload))
                            .toString());
        } catch (CharacterCodingException e) {
            // Whether the topic is one at all is said first.
            CheckResult unread = check(topic, "");
            return unread.verdict() == Verdict.REMOVE
                    ? refused(Verdict.REJECT, unread.topic(), new Problem("payload", "expected UTF-8"))
                    : unread;
        }
    }

    /**
     * Judges the options of one component, as a builder is about to write them.
     *
     * @param component the component's name, such as {@code light}
     * @param options by their full names
     * @return what Home Assistant makes of them
     * @throws IllegalArgumentException if there is no such component
     */
    public CheckedComponent checkComponent(String component, JsonObject options) {
        return single.component(component, options);
    }

    /**
     * Judges a device by itself.
     *
     * @param device its keys by their full names
     * @return why it is refused; empty if it is taken
     */
    public List<Problem> checkDevice(JsonObject device) {
        return problems(checks.device().check(device, "device"));
    }

    /**
     * Judges an origin by itself.
     *
     * @param origin its keys by their full names
     * @return why it is refused; empty if it is taken
     */
    public List<Problem> checkOrigin(JsonObject origin) {
        return problems(checks.origin().check(origin, "origin"));
    }

    private static List<Problem> problems(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.problems() : List.of();
    }

    private CheckResult outside(String topic) {
        boolean looksLikeOne = DiscoveryTopic.below(prefix, topic).endsWith("config");
        return refused(
                looksLikeOne ? Verdict.REJECT : Verdict.IGNORED,
                Optional.empty(),
                new Problem(
                        "topic",
                        "expected " + prefix + "/COMPONENT/[NODE_ID/]OBJECT_ID/config with ids of letters, digits, _"
                                + " and -, not " + topic));
    }

    private CheckResult parsedPayload(DiscoveryTopic topic, String text, String payload) {
        JsonValue value;
        try {
            value = Json.parse(payload);
        } catch (PayloadException e) {
            return refused(Verdict.REJECT, Optional.of(topic), new Problem("payload", String.valueOf(e.getMessage())));
        }
        Optional<String> unreadable = StrictJson.violation(value);
        if (unreadable.isPresent()) {
            return refused(Verdict.REJECT, Optional.of(topic), new Problem("payload", unreadable.get()));
        }
        if (!(value instanceof JsonObject object)) {
            return refused(
                    Verdict.REJECT,
                    Optional.of(topic),
                    new Problem("payload", "expected a JSON object, not " + ValueCheck.shown(value)));
        }
        JsonObject unmigrated = Migration.withFullName(object);
        if (Migration.isRequest(unmigrated)) {
            return new CheckResult(Verdict.MIGRATE, Optional.of(topic), List.of(), List.of(), Hints.of(topic, text));
        }
        JsonObject expanded = expander.fullNames(unmigrated);
        Optional<Problem> failure = PayloadExpander.failure(expanded);
        if (failure.isPresent()) {
            return refused(Verdict.REJECT, Optional.of(topic), failure.get());
        }
        return topic.isDevice() ? device.check(topic, text, expanded) : single.check(topic, text, expanded);
    }

    static CheckResult refused(Verdict verdict, Optional<DiscoveryTopic> topic, Problem problem) {
        return new CheckResult(verdict, topic, List.of(problem), List.of(), List.of());
    }
}
