package io.alicia.mqtt.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "may this client do that?", with its reason; from {@link AccessPolicy#decide}.
 *
 * <p>Immutable. {@link #toString()} is the sentence for a log or an error message.
 */
public final class Decision {

    /** What decided. */
    public enum Reason {
        /** {@link Decision#rule()} matched first. */
        RULE,
        /** No rule matched, and what no rule grants is denied. */
        NO_RULE,
        /** No rule matched, and the policy allows this where no rule matches. */
        DEFAULT_ACCESS,
        /** The account's name or the Client Identifier contains a wildcard, which could widen a pattern rule. */
        DANGEROUS_NAME,
        /** The topic begins with {@code $SYS}, {@code $share} or {@code $CONTROL/}: the broker's own, whatever the rules say. */
        RESERVED_TOPIC,
        /** Every subscription is accepted; what it may receive is decided at delivery, as Mosquitto does. */
        CHECKED_AT_DELIVERY,
        /** The subscription can never receive anything, and the policy is strict about that. */
        RECEIVES_NOTHING,
        /** The policy has no rules and allows everything. */
        UNRESTRICTED
    }

    private final boolean allowed;
    private final Reason reason;
    private final @Nullable String account;
    private final String clientIdentifier;
    private final Access access;
    private final String topic;
    private final @Nullable AccessRule rule;
    /** Asked only where somebody wants to know: most decisions are not looked at. */
    private final Supplier<List<AccessRule>> nearest;

    private final boolean unknownAccount;

    Decision(
            boolean allowed,
            Reason reason,
            @Nullable String account,
            String clientIdentifier,
            Access access,
            String topic,
            @Nullable AccessRule rule,
            Supplier<List<AccessRule>> nearest,
            boolean unknownAccount) {
        this.unknownAccount = unknownAccount;
        this.allowed = allowed;
        this.reason = reason;
        this.account = account;
        this.clientIdentifier = clientIdentifier;
        this.access = access;
        this.topic = topic;
        this.rule = rule;
        this.nearest = nearest;
    }

    /** Whether the client may. */
    public boolean allowed() {
        return allowed;
    }

    /** {@code !allowed()}. */
    public boolean denied() {
        return !allowed;
    }

    /** What decided. */
    public Reason reason() {
        return reason;
    }

    /** The account that asked; empty for an anonymous client. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** The Client Identifier that asked. */
    public String clientIdentifier() {
        return clientIdentifier;
    }

    /** Whether the policy has rules for other accounts by name, and none for the one that asked: perhaps it is misspelt. */
    public boolean isUnknownAccount() {
        return unknownAccount;
    }

    /** What was asked for. */
    public Access access() {
        return access;
    }

    /** The Topic Name asked about, or the Topic Filter of a {@link Access#SUBSCRIBE}. */
    public String topic() {
        return topic;
    }

    /** The rule that decided, if {@link #reason()} is {@link Reason#RULE}. */
    public Optional<AccessRule> rule() {
        return Optional.ofNullable(rule);
    }

    /**
     * The client's rules that came close, at most three. Where a rule decided, or the topic is the broker's own, those that
     * match as well, the ones that say the opposite first: the grant that a deny overrides, or the deny that comes too late.
     * Of a denial without a rule those that match almost, closest first. Computed with each call.
     */
    public List<AccessRule> nearest() {
        return nearest.get();
    }

    /** The reason alone: {@code no rule matched; nearest: house.acl:12 `topic read alicia/#`}. */
    public String explanation() {
        return switch (reason) {
            case RULE -> rule().map(AccessRule::toString).orElseThrow();
            case NO_RULE -> "no rule matched" + ofUnknownAccount() + thoseNearest();
            case DEFAULT_ACCESS -> "no rule matched, and what no rule denies is allowed by default";
            case DANGEROUS_NAME -> "pattern rules do not hold for an account or client identifier that contains + or #";
            case RESERVED_TOPIC ->
                access == Access.PUBLISH
                        ? "clients never publish to this topic"
                        : topic.startsWith("$CONTROL/")
                                ? "what is published to $CONTROL goes to the broker alone"
                                : "no message ever has this topic";
            case CHECKED_AT_DELIVERY -> "each message is checked at delivery";
            case RECEIVES_NOTHING ->
                "no rule lets it receive any topic of this filter" + ofUnknownAccount() + thoseNearest();
            case UNRESTRICTED -> "the policy has no rules and allows everything";
        };
    }

    private String thoseNearest() {
        return nearest().stream()
                .map(AccessRule::toString)
                .reduce((left, right) -> left + ", " + right)
                .map(rules -> "; nearest: " + rules)
                .orElse("");
    }

    private String ofUnknownAccount() {
        return unknownAccount ? ", and " + Words.shown(String.valueOf(account)) + " has no rules of its own" : "";
    }

    /** {@code denied PUBLISH alicia/kitchen/lock by kitchen: no rule matched; nearest: house.acl:12 `topic read alicia/#`}. */
    @Override
    public String toString() {
        return (allowed ? "allowed " : "denied ") + access + " " + Words.shown(topic) + " by "
                + Words.client(account, clientIdentifier) + ": " + explanation();
    }
}
