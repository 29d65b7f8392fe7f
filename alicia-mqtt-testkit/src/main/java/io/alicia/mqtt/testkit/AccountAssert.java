package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account may do and what not. Each method looks at all of its topics and throws an {@link AssertionError} that lists
 * those for which it is otherwise, with the rule that decided; without any topic it would say nothing, which is refused.
 * Immutable.
 */
public final class AccountAssert {

    private final AccessPolicy policy;
    private final @Nullable String account;
    private final String clientIdentifier;

    AccountAssert(AccessPolicy policy, @Nullable String account, String clientIdentifier) {
        this.policy = policy;
        this.account = account;
        this.clientIdentifier = clientIdentifier;
    }

    /** The same account under another Client Identifier, on which {@code %c} in rules depends; default {@code a-client}. */
    public AccountAssert withClientIdentifier(String identifier) {
        return new AccountAssert(policy, account, identifier);
    }

    /** It may publish to all of these Topic Names. */
    public AccountAssert mayPublish(String... topicNames) {
        return check(Access.PUBLISH, true, topicNames);
    }

    /** It may publish to none of these Topic Names. */
    public AccountAssert mayNotPublish(String... topicNames) {
        return check(Access.PUBLISH, false, topicNames);
    }

    /** It is delivered messages of all of these Topic Names. */
    public AccountAssert mayReceive(String... topicNames) {
        return check(Access.RECEIVE, true, topicNames);
    }

    /** It is delivered messages of none of these Topic Names. */
    public AccountAssert mayNotReceive(String... topicNames) {
        return check(Access.RECEIVE, false, topicNames);
    }

    /** All of these Topic Filters are accepted when it subscribes; what it then receives is another question. */
    public AccountAssert maySubscribe(String... topicFilters) {
        return checkSubscribe(true, topicFilters);
    }

    /** All of these Topic Filters are refused when it subscribes. */
    public AccountAssert mayNotSubscribe(String... topicFilters) {
        return checkSubscribe(false, topicFilters);
    }

    private AccountAssert check(Access access, boolean allowed, String... topicNames) {
        requireSome(topicNames);
        List<Decision> wrong = new ArrayList<>();
        for (String topicName : topicNames) {
            Decision decision = policy.decide(account, clientIdentifier, access, TopicName.of(topicName));
            if (decision.allowed() != allowed) {
                wrong.add(decision);
            }
        }
        return result(allowed, wrong);
    }

    private AccountAssert checkSubscribe(boolean allowed, String... topicFilters) {
        requireSome(topicFilters);
        List<Decision> wrong = new ArrayList<>();
        for (String topicFilter : topicFilters) {
            Decision decision = policy.decideSubscribe(account, clientIdentifier, TopicFilter.of(topicFilter));
            if (decision.allowed() != allowed) {
                wrong.add(decision);
            }
        }
        return result(allowed, wrong);
    }

    private static void requireSome(String... topics) {
        if (topics.length == 0) {
            throw new IllegalArgumentException("expected some topic to ask about, found none");
        }
    }

    private AccountAssert result(boolean allowed, List<Decision> wrong) {
        if (wrong.isEmpty()) {
            return this;
        }
        StringBuilder message = new StringBuilder("expected to be ")
                .append(allowed ? "allowed" : "denied")
                .append(", but the policy decides otherwise:");
        wrong.forEach(decision -> message.append("\n  ").append(decision));
        throw new AssertionError(message.toString());
    }
}
