package io.alicia.mqtt.access;

import io.alicia.mqtt.access.Decision.Reason;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which account may publish and receive which topics: an immutable value with the semantics of Mosquitto's ACL file.
 *
 * <pre>{@code
 * AccessPolicy policy = AccessPolicy.builder()
 *         .account("esp32_device").mayPublish("alicia/sensors/#").mayReceive("alicia/commands/#")
 *         .account("mobile_app").mayReceive("alicia/sensors/#")
 *         .everyClient().mayPublish("alicia/logs/%c")
 *         .build();
 * Decision decision = policy.decide("mobile_app", "phone-1", Access.PUBLISH, TopicName.of("alicia/sensors/hall"));
 * // denied PUBLISH alicia/sensors/hall by mobile_app (client phone-1): no rule matched; nearest: …
 * }</pre>
 *
 * <p>What no rule grants is denied. A client's own rules are asked before the patterns, in each of them every deny
 * before every grant, and the first that matches decides. Rules {@linkplain #anonymousRules() before the first user}
 * of a file hold for clients without an account alone. A topic that begins with {@code $} is matched only by a filter
 * that begins with {@code $}; nobody publishes to {@code $SYS}, but for a bridge's own state.
 */
public final class AccessPolicy {

    /** How the rules are asked. */
    private enum Mode {
        /** There are none: everything is allowed. */
        UNRESTRICTED,
        /** As Mosquitto asks those of its ACL file. */
        ACL_FILE,
        /** As Mosquitto's dynamic-security plugin asks those of the roles. */
        ROLES
    }

    private static final AccessPolicy UNRESTRICTED =
            new AccessPolicy(Mode.UNRESTRICTED, Map.of(), List.of(), List.of(), 0, false);

    private final Mode mode;
    private final Map<String, List<AccessRule>> accounts;
    private final List<AccessRule> anonymous;
    private final List<AccessRule> patterns;
    private final int defaultBits;
    private final boolean strictSubscriptions;

    private AccessPolicy(
            Mode mode,
            Map<String, List<AccessRule>> accounts,
            List<AccessRule> anonymous,
            List<AccessRule> patterns,
            int defaultBits,
            boolean strictSubscriptions) {
        this.mode = mode;
        this.accounts = accounts;
        this.anonymous = anonymous;
        this.patterns = patterns;
        this.defaultBits = defaultBits;
        this.strictSubscriptions = strictSubscriptions;
    }

    static AccessPolicy of(
            Map<String, List<AccessRule>> accounts, List<AccessRule> anonymous, List<AccessRule> patterns) {
        return new AccessPolicy(
                Mode.ACL_FILE, copyOf(accounts), List.copyOf(anonymous), List.copyOf(patterns), 0, false);
    }

    /** A policy of roles: for each account their rules in the order in which they are asked. */
    static AccessPolicy ofRoles(Map<String, List<AccessRule>> accounts, List<AccessRule> anonymous, int defaultBits) {
        return new AccessPolicy(Mode.ROLES, copyOf(accounts), List.copyOf(anonymous), List.of(), defaultBits, false);
    }

    private static Map<String, List<AccessRule>> copyOf(Map<String, List<AccessRule>> accounts) {
        Map<String, List<AccessRule>> copy = new LinkedHashMap<>(accounts);
        copy.replaceAll((account, rules) -> List.copyOf(rules));
        return Collections.unmodifiableMap(copy);
    }

    /** A policy from code, written as a permission table reads. */
    public static Builder builder() {
        return new PolicyBuilder();
    }

    /**
     * The policy of a Mosquitto {@code acl_file}.
     *
     * @throws AccessFileException if the file cannot be read or a line is not what Mosquitto accepts
     */
    public static AccessPolicy fromMosquittoAcl(Path file) {
        return AclFile.read(file).policy();
    }

    /** Everything is allowed but what Mosquitto itself reserves: a broker without an {@code acl_file}. */
    public static AccessPolicy unrestricted() {
        return UNRESTRICTED;
    }

    /** This policy, but a subscription that can never receive anything is refused at SUBSCRIBE. */
    public AccessPolicy withStrictSubscriptions() {
        return strictSubscriptions ? this : new AccessPolicy(mode, accounts, anonymous, patterns, defaultBits, true);
    }

    /** The accounts that have rules of their own, in the order in which they were written. */
    public Set<String> accounts() {
        return accounts.keySet();
    }

    /**
     * The rules of {@code account} in the order in which they were written, without the patterns; of roles in the order in
     * which they are asked.
     */
    public List<AccessRule> rulesOf(String account) {
        return accounts.getOrDefault(account, List.of());
    }

    /** The rules that hold for clients without an account alone, in the order in which they were written. */
    public List<AccessRule> anonymousRules() {
        return anonymous;
    }

    /** The rules that hold for every client, in the order in which they were written. */
    public List<AccessRule> patterns() {
        return patterns;
    }

    /** Whether a subscription that can never receive anything is refused at SUBSCRIBE. */
    public boolean isStrict() {
        return strictSubscriptions;
    }

    /** Whether this is {@link #unrestricted()}. */
    public boolean isUnrestricted() {
        return mode == Mode.UNRESTRICTED;
    }

    /** Whether the rules are those of roles, as Mosquitto's dynamic-security plugin has them. */
    public boolean isOfRoles() {
        return mode == Mode.ROLES;
    }

    /** What is granted where no rule matches, as bits of {@link Access#bit()}. */
    int defaultBits() {
        return defaultBits;
    }

    /** Whether {@code that} asks its rules in the same way, whatever they say. */
    boolean asksLike(AccessPolicy that) {
        return mode == that.mode && defaultBits == that.defaultBits && strictSubscriptions == that.strictSubscriptions;
    }

    /**
     * Decides, and says why.
     *
     * <p>{@link Access#SUBSCRIBE} is decided for the filter that is written as {@code topic}.
     *
     * @param account null for an anonymous client
     */
    public Decision decide(@Nullable String account, String clientIdentifier, Access access, TopicName topic) {
        if (access == Access.SUBSCRIBE) {
            return decideSubscribe(account, clientIdentifier, TopicFilter.ofReceived(topic.value()));
        }
        String name = topic.value();
        if ((ReservedTopics.neverBits(name) & access.bit()) != 0) {
            return decision(
                    false,
                    Reason.RESERVED_TOPIC,
                    account,
                    clientIdentifier,
                    access,
                    name,
                    null,
                    () -> rulesFor(account, clientIdentifier).matching(access, name, null));
        }
        if (isUnrestricted()) {
            return decision(true, Reason.UNRESTRICTED, account, clientIdentifier, access, name, null, List::of);
        }
        ClientRules rules = rulesFor(account, clientIdentifier);
        AccessRule rule = rules.deciding(access, name);
        if (rule != null) {
            boolean granted = rule.grants(access);
            return decision(
                    granted,
                    Reason.RULE,
                    account,
                    clientIdentifier,
                    access,
                    name,
                    rule,
                    () -> rules.matching(access, name, rule));
        }
        if ((rules.defaultBits(name) & access.bit()) != 0) {
            return decision(true, Reason.DEFAULT_ACCESS, account, clientIdentifier, access, name, null, List::of);
        }
        Reason reason = rules.dangerousName() ? Reason.DANGEROUS_NAME : Reason.NO_RULE;
        return decision(
                false, reason, account, clientIdentifier, access, name, null, () -> rules.nearest(access, name));
    }

    /**
     * Decides whether a SUBSCRIBE is accepted, and says why.
     *
     * <p>With an ACL file Mosquitto accepts each and checks every message at delivery; so does this, unless the policy is
     * {@linkplain #withStrictSubscriptions() strict}. Roles have rules for subscriptions.
     *
     * @param account null for an anonymous client
     */
    public Decision decideSubscribe(@Nullable String account, String clientIdentifier, TopicFilter filter) {
        String text = filter.value();
        AccessRule rule = mode == Mode.ROLES
                ? SubscribeRules.deciding(ownRulesOf(account), account, clientIdentifier, text)
                : null;
        Access access = Access.SUBSCRIBE;
        if (rule != null && rule.denies(access)) {
            return decision(
                    false,
                    Reason.RULE,
                    account,
                    clientIdentifier,
                    access,
                    text,
                    rule,
                    () -> SubscribeRules.losing(ownRulesOf(account), account, clientIdentifier, text));
        }
        if (rule == null && !subscribesByDefault(account, text)) {
            return decision(false, Reason.NO_RULE, account, clientIdentifier, access, text, null, List::of);
        }
        ClientRules rules = rulesFor(account, clientIdentifier);
        if (strictSubscriptions && !isUnrestricted() && !rules.canReceiveThrough(filter)) {
            return decision(
                    false,
                    Reason.RECEIVES_NOTHING,
                    account,
                    clientIdentifier,
                    access,
                    text,
                    null,
                    () -> rules.nearest(Access.RECEIVE, filter.withoutShare().value()));
        }
        Reason reason =
                rule != null ? Reason.RULE : mode == Mode.ROLES ? Reason.DEFAULT_ACCESS : Reason.CHECKED_AT_DELIVERY;
        Supplier<List<AccessRule>> losing = rule == null
                ? List::of
                : () -> SubscribeRules.losing(ownRulesOf(account), account, clientIdentifier, text);
        return decision(true, reason, account, clientIdentifier, access, text, rule, losing);
    }

    private boolean subscribesByDefault(@Nullable String account, String filter) {
        return subscribesByDefault(account) && (mode != Mode.ROLES || !filter.startsWith("$CONTROL"));
    }

    /** Whether a subscription that no rule speaks of is accepted, but for what controls the broker. */
    boolean subscribesByDefault(@Nullable String account) {
        return mode != Mode.ROLES
                || ((account == null || accounts.containsKey(account)) && (defaultBits & Access.SUBSCRIBE.bit()) != 0);
    }

    /** Whether the rules for subscriptions accept {@code filter}, whatever can be received through it. */
    boolean mayBeSubscribed(@Nullable String account, String clientIdentifier, String filter) {
        AccessRule rule = mode == Mode.ROLES
                ? SubscribeRules.deciding(ownRulesOf(account), account, clientIdentifier, filter)
                : null;
        return rule == null ? subscribesByDefault(account, filter) : !rule.denies(Access.SUBSCRIBE);
    }

    /** {@link #decideSubscribe} without its reason. */
    boolean allowsSubscribe(@Nullable String account, String clientIdentifier, ClientRules rules, TopicFilter filter) {
        return mode == Mode.ROLES
                ? decideSubscribe(account, clientIdentifier, filter).allowed()
                : !strictSubscriptions || isUnrestricted() || rules.canReceiveThrough(filter);
    }

    /**
     * What one client may do, compiled; obtained once per connection.
     *
     * @param account null for an anonymous client
     */
    public AccountAccess accessOf(@Nullable String account, String clientIdentifier) {
        return new AccountAccess(this, account, clientIdentifier);
    }

    List<AccessRule> ownRulesOf(@Nullable String account) {
        return account == null ? anonymous : rulesOf(account);
    }

    ClientRules rulesFor(@Nullable String account, String clientIdentifier) {
        if (mode == Mode.ROLES) {
            boolean known = account == null || accounts.containsKey(account);
            int defaults = known ? defaultBits & ClientRules.BOTH : 0;
            return ClientRules.ofRoles(ownRulesOf(account), account, clientIdentifier, defaults);
        }
        return ClientRules.of(ownRulesOf(account), patterns, account, clientIdentifier);
    }

    /** What a client with {@code rules} of this policy may do; {@link #decide} without a reason. */
    int grantedBits(ClientRules rules, String topicName) {
        return isUnrestricted()
                ? ClientRules.BOTH & ~ReservedTopics.deniedBits(topicName)
                : rules.grantedBits(topicName);
    }

    private Decision decision(
            boolean allowed,
            Reason reason,
            @Nullable String account,
            String clientIdentifier,
            Access access,
            String topic,
            @Nullable AccessRule rule,
            Supplier<List<AccessRule>> nearest) {
        boolean unknown = account != null && !accounts.isEmpty() && !accounts.containsKey(account);
        return new Decision(allowed, reason, account, clientIdentifier, access, topic, rule, nearest, unknown);
    }

    boolean rulesEqual(AccessPolicy that) {
        return accounts.equals(that.accounts)
                && List.copyOf(accounts.keySet()).equals(List.copyOf(that.accounts.keySet()))
                && anonymous.equals(that.anonymous)
                && patterns.equals(that.patterns);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessPolicy that
                && accounts.equals(that.accounts)
                && anonymous.equals(that.anonymous)
                && patterns.equals(that.patterns)
                && asksLike(that);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * accounts.hashCode() + anonymous.hashCode()) + patterns.hashCode();
    }

    /** How large the policy is; the rules themselves are a file's worth of text. */
    @Override
    public String toString() {
        return isUnrestricted()
                ? "AccessPolicy[unrestricted]"
                : "AccessPolicy[" + accounts.size() + " accounts, " + anonymous.size() + " anonymous rules, "
                        + patterns.size() + " patterns]";
    }

    /** Collects the rules of a policy, one subject after the other. Not for several threads. */
    public sealed interface Builder permits SubjectBuilder {

        /** Goes on with the rules of {@code account}; a second call for the same account adds to its rules. */
        SubjectBuilder account(String account);

        /** Goes on with the rules that hold for clients without an account alone. */
        SubjectBuilder anonymous();

        /** Goes on with the rules that hold for every client: {@code %c} is its Client Identifier, {@code %u} its account. */
        SubjectBuilder everyClient();

        /** The policy with the rules so far. */
        AccessPolicy build();
    }

    /** Collects the rules of one account, of anonymous clients or of every client. */
    public sealed interface SubjectBuilder extends Builder permits PolicyBuilder {

        /**
         * Grants {@link Access#PUBLISH}.
         *
         * @throws IllegalArgumentException if one is not a Topic Filter
         */
        SubjectBuilder mayPublish(String... topicFilters);

        /**
         * Grants {@link Access#RECEIVE}.
         *
         * @throws IllegalArgumentException if one is not a Topic Filter
         */
        SubjectBuilder mayReceive(String... topicFilters);

        /**
         * Grants both.
         *
         * @throws IllegalArgumentException if one is not a Topic Filter
         */
        SubjectBuilder mayPublishAndReceive(String... topicFilters);

        /**
         * Refuses both, before any rule of the same subject that grants.
         *
         * @throws IllegalArgumentException if one is not a Topic Filter
         */
        SubjectBuilder mayNeither(String... topicFilters);
    }
}
