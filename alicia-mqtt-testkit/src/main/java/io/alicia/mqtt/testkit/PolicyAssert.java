package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.AccessPolicy;

/** Whose rights are to be asserted; from {@link AccessAssertions#assertThat}. Immutable. */
public final class PolicyAssert {

    private static final String ANY_CLIENT = "a-client";

    private final AccessPolicy policy;

    PolicyAssert(AccessPolicy policy) {
        this.policy = policy;
    }

    /**
     * Assertions about an account that the policy names.
     *
     * @throws AssertionError if it does not; the message lists those that it names
     */
    public AccountAssert account(String name) {
        if (!policy.isUnrestricted() && !policy.accounts().contains(name)) {
            throw new AssertionError("expected the policy to name the account \"" + name + "\", but it names "
                    + policy.accounts()
                    + (policy.patterns().isEmpty()
                            ? ""
                            : "; for one that has its rights from rules for every client alone: accountWithoutRules"));
        }
        return new AccountAssert(policy, name, ANY_CLIENT);
    }

    /**
     * Assertions about an account that the policy does not name, which has its rights from rules for every client alone.
     *
     * @throws AssertionError if the policy names it
     */
    public AccountAssert accountWithoutRules(String name) {
        if (policy.accounts().contains(name)) {
            throw new AssertionError("expected the policy not to name the account \"" + name + "\", but it has "
                    + policy.rulesOf(name).size() + " rules of its own");
        }
        return new AccountAssert(policy, name, ANY_CLIENT);
    }

    /** Assertions about clients without an account. */
    public AccountAssert anonymous() {
        return new AccountAssert(policy, null, ANY_CLIENT);
    }
}
