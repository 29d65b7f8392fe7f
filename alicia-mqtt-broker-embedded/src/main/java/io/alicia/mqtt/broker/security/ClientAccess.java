package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AccountAccess;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one client may do, compiled once and again only when the policy was replaced. Belongs to the session's event
 * loop.
 */
public final class ClientAccess {

    private final Security security;
    private final @Nullable String account;
    private final String clientIdentifier;
    private final Admission admission;
    private AccessPolicy policy;
    private AccountAccess compiled;

    /**
     * The access of a client that does not log in now.
     *
     * @param security the rules of the listener that it came by
     * @param account null for an anonymous client
     * @param clientIdentifier its Client Identifier
     */
    public ClientAccess(Security security, @Nullable String account, String clientIdentifier) {
        this(security, Admission.of(security.rules()), account, clientIdentifier);
    }

    /**
     * The access of a client that was let in.
     *
     * @param security the rules of the listener that it came by
     * @param admission how it came in
     * @param account null for an anonymous client
     * @param clientIdentifier its Client Identifier
     */
    public ClientAccess(Security security, Admission admission, @Nullable String account, String clientIdentifier) {
        this.security = security;
        this.account = account;
        this.clientIdentifier = clientIdentifier;
        this.admission = admission;
        this.policy = security.policy();
        this.compiled = policy.accessOf(account, clientIdentifier);
    }

    /** {@return the account, null for an anonymous client} */
    public @Nullable String account() {
        return account;
    }

    /** {@return the Client Identifier} */
    public String clientIdentifier() {
        return clientIdentifier;
    }

    /** {@return how the client came in} */
    public Admission admission() {
        return admission;
    }

    /** {@return whether other rules came into force since the client began to log in} */
    @SuppressWarnings("ReferenceEquality") // asks whether they were replaced, not what they say
    public boolean isOutdated() {
        return security.rules() != admission.by();
    }

    /** {@return the rules of the listener that the client came by} */
    public Security security() {
        return security;
    }

    /** {@return whether the client may publish to the topic now}
     * @param topic the Topic Name
     */
    public boolean mayPublish(TopicName topic) {
        return current().mayPublish(topic.value());
    }

    /** {@return whether the client may be delivered a message with the topic now}
     * @param topic the Topic Name
     */
    public boolean mayReceive(TopicName topic) {
        return current().mayReceive(topic.value());
    }

    /** {@return the decision on a publish, with its reason; slow, for logs}
     * @param topic the Topic Name
     */
    public Decision explainPublish(TopicName topic) {
        return security.policy().decide(account, clientIdentifier, Access.PUBLISH, topic);
    }

    /** {@return the decision on a delivery, with its reason; slow, for logs}
     * @param topic the Topic Name
     */
    public Decision explainReceive(TopicName topic) {
        return security.policy().decide(account, clientIdentifier, Access.RECEIVE, topic);
    }

    /** {@return whether a SUBSCRIBE is accepted, with the reason}
     * @param filter the Topic Filter
     */
    public Decision decideSubscribe(TopicFilter filter) {
        return security.policy().decideSubscribe(account, clientIdentifier, filter);
    }

    /**
     * {@return the decision by which a subscription that was accepted once has to end now, empty if it may stay}
     *
     * <p>Roles have rules for subscriptions. With an ACL file each message is checked instead, and one that a strict policy
     * would refuse receives nothing, so that it harms nobody.
     *
     * @param filter the Topic Filter
     */
    public Optional<Decision> withdrawal(TopicFilter filter) {
        return security.policy().isOfRoles()
                ? Optional.of(decideSubscribe(filter))
                        .filter(decision -> decision.denied() && decision.reason() != Decision.Reason.RECEIVES_NOTHING)
                : Optional.empty();
    }

    @SuppressWarnings(
            "ReferenceEquality") // comparing all rules would cost every message; compiling once too often costs little
    private AccountAccess current() {
        AccessPolicy now = security.policy();
        if (now != policy) {
            policy = now;
            compiled = now.accessOf(account, clientIdentifier);
        }
        return compiled;
    }
}
