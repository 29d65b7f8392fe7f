package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.AccessPolicy;

/**
 * Assertions about what a policy lets its accounts do; a failure prints the rule that decided.
 *
 * <pre>{@code
 * import static io.alicia.mqtt.testkit.AccessAssertions.assertThat;
 *
 * assertThat(policy).account("esp32_device")
 *         .mayPublish("alicia/sensors/hall")
 *         .mayNotPublish("alicia/devices/hall/command");
 * }</pre>
 */
public final class AccessAssertions {

    private AccessAssertions() {}

    /** Assertions about {@code policy}. */
    public static PolicyAssert assertThat(AccessPolicy policy) {
        return new PolicyAssert(policy);
    }

    /** Assertions about the policy that {@code broker} has now. */
    public static PolicyAssert assertThat(TestBroker broker) {
        return new PolicyAssert(broker.policy());
    }
}
