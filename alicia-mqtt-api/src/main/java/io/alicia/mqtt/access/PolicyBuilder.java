package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects rules in the order of the calls. */
final class PolicyBuilder implements AccessPolicy.SubjectBuilder {

    private final Map<String, List<AccessRule>> accounts = new LinkedHashMap<>();
    private final List<AccessRule> anonymous = new ArrayList<>();
    private final List<AccessRule> patterns = new ArrayList<>();
    private List<AccessRule> subject = anonymous;

    @Override
    public AccessPolicy.SubjectBuilder account(String account) {
        if (account.isEmpty()) {
            throw new IllegalArgumentException("an account has a name; anonymous() is for clients without one");
        }
        subject = accounts.computeIfAbsent(account, name -> new ArrayList<>());
        return this;
    }

    @Override
    public AccessPolicy.SubjectBuilder anonymous() {
        subject = anonymous;
        return this;
    }

    @Override
    public AccessPolicy.SubjectBuilder everyClient() {
        subject = patterns;
        return this;
    }

    @Override
    public AccessPolicy.SubjectBuilder mayPublish(String... topicFilters) {
        return add(Permission.WRITE, topicFilters);
    }

    @Override
    public AccessPolicy.SubjectBuilder mayReceive(String... topicFilters) {
        return add(Permission.READ, topicFilters);
    }

    @Override
    public AccessPolicy.SubjectBuilder mayPublishAndReceive(String... topicFilters) {
        return add(Permission.READWRITE, topicFilters);
    }

    @Override
    public AccessPolicy.SubjectBuilder mayNeither(String... topicFilters) {
        return add(Permission.DENY, topicFilters);
    }

    private PolicyBuilder add(Permission permission, String... topicFilters) {
        Kind kind = isPatterns() ? Kind.PATTERN : Kind.TOPIC;
        for (String filter : topicFilters) {
            subject.add(AccessRule.of(kind, permission, filter, null));
        }
        return this;
    }

    @SuppressWarnings("ReferenceEquality") // asks which list is in hand, not what it holds
    private boolean isPatterns() {
        return subject == patterns;
    }

    @Override
    public AccessPolicy build() {
        return AccessPolicy.of(accounts, anonymous, patterns);
    }
}
