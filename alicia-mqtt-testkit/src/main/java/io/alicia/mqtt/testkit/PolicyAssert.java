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
     * Assertions about an account. Where the policy has rules for every client, any account has them.
     *
     * @throws AssertionError if the policy neither names the account nor has such rules; the message lists those that it names
     */
    public AccountAssert account(String name) {
        boolean forAll = policy.isUnrestricted() || !policy.patterns().isEmpty();
        if (!forAll && !policy.accounts().contains(name)) {
            throw new AssertionError(
                    "expected the policy to name the account \"" + name + "\", but it names " + policy.accounts());
        }
        return new AccountAssert(policy, name, ANY_CLIENT);
    }

    /** Assertions about clients without an account. */
    public AccountAssert anonymous() {
        return new AccountAssert(policy, null, ANY_CLIENT);
    }
}
